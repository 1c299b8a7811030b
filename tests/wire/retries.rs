//! Retries: the calls that are retried, how often and when, as counted by the server.

use std::time::Duration;

use connectors_client::cohere::{ConnectorsClient, ConnectorsError};
use connectors_client::{ErrorKind, RequestOptions, RetryPolicy, api_client};
use support::clock::TestClock;
use support::server::{Reply, Server};

use crate::{CONNECTOR, builder, connectors};

#[tokio::test]
async fn a_get_is_retried_but_an_unkeyed_post_or_patch_is_not() {
    for status in [408, 500, 502, 503, 504] {
        let server = Server::start([Reply::json(status, "{}"), Reply::json(200, CONNECTOR)]);
        assert_eq!(connectors(&server).with_raw_response().get("c").await.unwrap().attempts(), 2);

        let server = Server::start([Reply::json(status, "{}"), Reply::json(200, CONNECTOR)]);
        let error = connectors(&server).create("n", "u").await.unwrap_err();
        assert_eq!((error.attempts(), error.may_have_executed()), (1, true));
        connectors(&server).update("c").await.unwrap();
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_429_is_retried_for_every_method() {
    let server = Server::start([Reply::json(429, "{}"), Reply::json(200, CONNECTOR)]);
    connectors(&server).create("n", "u").await.unwrap();
    let bodies: Vec<_> =
        server.requests().iter().map(|request| request.text().to_owned()).collect();
    assert_eq!(bodies, [r#"{"name":"n","url":"u"}"#; 2]);
}

#[api_client]
trait Searches {
    #[post("search", idempotent)]
    async fn search(&self, query: &str);
}

#[tokio::test]
async fn an_endpoint_declared_idempotent_is_retried() {
    let server = Server::start([Reply::empty(503), Reply::reset(), Reply::empty(200)]);
    SearchesClient::new(crate::client(&server)).search("x").await.unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_call_overrides_the_number_of_retries_of_its_client() {
    for (client, call, attempts) in
        [(None, None, 3), (Some(1), None, 2), (Some(1), Some(4), 5), (None, Some(0), 1)]
    {
        let server = Server::start([Reply::empty(503)]);
        let mut builder = builder(&server);
        if let Some(retries) = client {
            builder = builder.max_retries(retries);
        }
        let mut options = RequestOptions::new();
        if let Some(retries) = call {
            options = options.max_retries(retries);
        }
        let connectors = ConnectorsClient::new(builder.build().unwrap());
        let error = connectors.get("c").options(options).await.unwrap_err();
        assert_eq!(error.attempts(), attempts);
        assert_eq!(server.requests().len(), attempts as usize);
        assert_eq!(error.class(), Some(ConnectorsError::ServiceUnavailable));
    }
}

#[tokio::test]
async fn the_server_sets_the_wait_up_to_a_maximum() {
    let clock = TestClock::new();
    let replies = [
        Reply::empty(429).header("retry-after", "7"),
        Reply::empty(503).header("retry-after-ms", "1500"),
        Reply::empty(429).header("retry-after", "61"),
    ];
    let server = Server::start(replies);
    let client = builder(&server).clock(clock.clone()).max_retries(9).build().unwrap();
    let error = ConnectorsClient::new(client).get("c").await.unwrap_err();
    assert_eq!(clock.waits(), [Duration::from_secs(7), Duration::from_millis(1500)]);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn a_wait_beyond_the_call_timeout_ends_the_call_at_once() {
    let clock = TestClock::new();
    let server = Server::start([Reply::empty(429).header("retry-after", "10")]);
    let client =
        builder(&server).clock(clock.clone()).timeout(Duration::from_secs(10)).build().unwrap();
    let error = ConnectorsClient::new(client).get("c").await.unwrap_err();
    assert_eq!((error.kind(), clock.waits().len()), (ErrorKind::Api, 0));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(10)));
}

#[tokio::test]
async fn waits_have_full_jitter_below_a_doubling_bound() {
    let clock = TestClock::new();
    let server = Server::start([Reply::empty(503)]);
    let policy = || RetryPolicy::default().max_retries(6).max_backoff(Duration::from_secs(4));
    for _ in 0..20 {
        // Each iteration has its own client and therefore its own budget.
        let client = builder(&server).clock(clock.clone()).retry(policy()).build().unwrap();
        ConnectorsClient::new(client).get("c").await.unwrap_err();
    }
    let waits = clock.waits();
    for (i, wait) in waits.iter().enumerate() {
        let bound = Duration::from_millis(500 << (i % 6)).min(Duration::from_secs(4));
        assert!(*wait <= bound, "wait {i}: {wait:?}");
    }
    // With full jitter, 120 waits cannot all fall into one half of their bounds.
    let halves = waits.iter().enumerate().filter(|(i, wait)| {
        **wait * 2 < Duration::from_millis(500 << (i % 6)).min(Duration::from_secs(4))
    });
    assert!((10..110).contains(&halves.count()));
}

#[tokio::test]
async fn a_refused_connection_is_retried_for_every_method() {
    let clock = TestClock::new();
    let client = support::client(support::server::refused_url())
        .clock(clock.clone())
        .env_proxies(false)
        .build()
        .unwrap();
    let error = ConnectorsClient::new(client).create("n", "u").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
    assert!(!error.may_have_executed());
    assert_eq!(clock.waits().len(), 2);
}

/// Makes this many calls on clones of one client during an outage. Returns the number of requests
/// that the server receives.
async fn outage(status: u16, calls: usize) -> usize {
    let server = Server::start([Reply::empty(status)]);
    let connectors = connectors(&server);
    for _ in 0..calls {
        connectors.clone().get("c").await.unwrap_err();
    }
    server.requests().len()
}

#[tokio::test]
async fn the_retry_budget_limits_the_extra_load_of_an_outage() {
    assert_eq!(outage(503, 1000).await, 1035);
    assert_eq!(outage(429, 1000).await, 1100);
}

#[tokio::test]
async fn a_call_cancelled_while_waiting_uses_no_budget() {
    let server = Server::start([Reply::empty(503)]);
    let client = support::client(server.url()).build().unwrap();
    let connectors = ConnectorsClient::new(client);
    for _ in 0..60 {
        // The first response arrives long before the first wait ends, which takes 250 ms on
        // average.
        let _ = tokio::time::timeout(Duration::from_millis(15), connectors.get("c").send()).await;
    }
    let options = RequestOptions::new().max_retries(1);
    assert_eq!(connectors.get("c").options(options).await.unwrap_err().attempts(), 2);
}

#[tokio::test]
async fn an_error_mentions_the_exhausted_retry_budget() {
    let server = Server::start([Reply::empty(503)]);
    let connectors = connectors(&server);
    for _ in 0..40 {
        connectors.get("c").await.unwrap_err();
    }
    let error = connectors.get("c").await.unwrap_err();
    assert!(
        error.to_string().ends_with("(not retried: too many calls of this client failed lately)"),
        "{error}"
    );
}

/// The control: a transport that retries every method executes a POST again. The server's count
/// shows it.
#[tokio::test]
async fn a_careless_retry_is_detected() {
    let server = Server::start([Reply::empty(503)]);
    let client =
        builder(&server).transport(Careless { target: format!("127.0.0.1:{}", server.port()) });
    let error = ConnectorsClient::new(client.build().unwrap()).create("n", "u").await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 3));
}

/// A transport that sends each request three times.
struct Careless {
    target: String,
}

impl connectors_client::Transport for Careless {
    fn send(
        &self,
        request: http::Request<connectors_client::Body>,
    ) -> connectors_client::TransportFuture<'_> {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        Box::pin(async move {
            let failed =
                |error| connectors_client::TransportError::new(ErrorKind::Interrupted, error);
            for _ in 0..3 {
                let mut socket =
                    tokio::net::TcpStream::connect(&self.target).await.map_err(failed)?;
                let head = format!(
                    "{} {} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                    request.method(),
                    request.uri().path()
                );
                socket.write_all(head.as_bytes()).await.map_err(failed)?;
                socket.read_to_end(&mut Vec::new()).await.map_err(failed)?;
            }
            let mut reply = http::Response::new(connectors_client::Body::empty());
            *reply.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            Ok(reply)
        })
    }
}
