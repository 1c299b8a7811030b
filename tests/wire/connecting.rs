//! Failures before there is a connection: how often they are retried, and what the error says.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use connectors_client::{
    Body, Client, ClientBuilder, ErrorKind, RetryPolicy, Transport, TransportError,
    TransportFuture, api_client,
};
use support::server::{Reply, Server, refused_url};

use crate::plain_reqwest;

#[api_client]
trait Things {
    #[get("things")]
    async fn get(&self);

    #[post("things")]
    async fn post(&self);
}

const CALLS: usize = 200;

fn builder(url: &str) -> ClientBuilder {
    support::client(url).env_proxies(false)
}

/// Returns an address at which no server listens.
fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Starts a server at this address after 60 ms.
fn listen_in_a_moment(address: SocketAddr) {
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(60));
        let listener =
            socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        listener.set_reuse_address(true).unwrap();
        listener.bind(&address.into()).unwrap();
        listener.listen(1024).unwrap();
        let listener: TcpListener = listener.into();
        for stream in listener.incoming().take(400) {
            let mut stream = stream.unwrap();
            std::thread::spawn(move || {
                let mut buffer = [0; 4096];
                while stream.read(&mut buffer).is_ok_and(|read| read > 0) {
                    let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n");
                }
            });
        }
    });
}

/// Makes 200 calls at once, half of them POSTs, to a server that is away. Returns the number of those
/// that fail. Our transport and the control share this.
async fn lost(client: &Client) -> usize {
    let mut set = tokio::task::JoinSet::new();
    for number in 0..CALLS {
        let things = ThingsClient::new(client.clone());
        set.spawn(if number % 2 == 0 { things.get().send() } else { things.post().send() });
    }
    let errors: Vec<_> = set.join_all().await.into_iter().filter_map(Result::err).collect();
    println!("{} of {CALLS} lost, {:?}", errors.len(), errors.last());
    errors.len()
}

#[tokio::test]
async fn a_server_that_is_away_for_a_moment_costs_few_calls() {
    let address = free_address();
    let client = builder(&format!("http://{address}")).build().unwrap();
    listen_in_a_moment(address);
    assert!(lost(&client).await <= 10);
}

/// Sends by reqwest. The server appears a moment after each call has failed once, however slow the
/// machine is.
struct Refused {
    reqwest: reqwest::Client,
    server: SocketAddr,
    failures: AtomicUsize,
    /// True if errors keep the cause that shows that there was no server.
    keeps_cause: bool,
}

impl Refused {
    fn failed(&self, error: reqwest::Error) -> TransportError {
        if self.failures.fetch_add(1, Ordering::SeqCst) + 1 == CALLS {
            listen_in_a_moment(self.server);
        }
        if self.keeps_cause {
            TransportError::new(ErrorKind::Connect, error)
        } else {
            TransportError::new(ErrorKind::Connect, error.to_string())
        }
    }
}

impl Transport for Refused {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let (method, url) = (request.method().clone(), request.uri().to_string());
        Box::pin(async move {
            let sent = self.reqwest.request(method, url).send().await;
            let status = sent.map_err(|error| self.failed(error))?.status();
            let mut response = http::Response::new(Body::from(""));
            *response.status_mut() = status;
            Ok(response)
        })
    }
}

/// The control is a transport that keeps only the text of an error, so that a refused connection
/// costs as much as a failure of a server.
#[tokio::test]
async fn a_refused_connection_costs_little_if_its_cause_is_known() {
    for keeps_cause in [true, false] {
        let (reqwest, server) = (plain_reqwest::plain(), free_address());
        let transport = Refused { reqwest, server, failures: AtomicUsize::new(0), keeps_cause };
        let client = builder(&format!("http://{server}")).transport(transport).build().unwrap();
        print!("cause kept {keeps_cause}: ");
        assert_eq!(lost(&client).await <= 10, keeps_cause);
    }
}

/// A server that answers with 503 gets no more load than before.
#[tokio::test]
async fn a_server_that_answers_still_has_the_full_budget_against_it() {
    let server = Server::answer(|_| Reply::empty(503));
    let retry = RetryPolicy::default().initial_backoff(Duration::ZERO);
    let client = builder(&server.url()).retry(retry).build().unwrap();
    let things = ThingsClient::new(client);
    for _ in 0..100 {
        things.get().await.unwrap_err();
    }
    assert_eq!(server.requests().len(), 135);
}

#[tokio::test]
async fn an_unknown_name_and_a_refused_connection_are_retried() {
    for url in [refused_url(), "http://does-not-exist.invalid".to_owned()] {
        let retry = RetryPolicy::default().initial_backoff(Duration::ZERO);
        let error = ThingsClient::new(builder(&url).retry(retry).build().unwrap())
            .post()
            .await
            .unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{error}");
        assert!(!error.may_have_executed());
    }
}

#[test]
fn an_impossible_host_name_is_a_config_error() {
    let (long, longest) = ("a".repeat(64), ["a".repeat(60).as_str(); 5].join("."));
    for url in [
        format!("http://{long}.com"),
        format!("https://{longest}.com"),
        "http://a..b".to_owned(),
        "http://.a".to_owned(),
        "https://a!b.com".to_owned(),
        "https://-a.com".to_owned(),
    ] {
        let error = builder(&url).build().unwrap_err();
        assert!(
            error.to_string().starts_with("the base URL has a host that cannot exist: "),
            "{url}: {error}"
        );
    }
    for url in [
        "http://my_service:80",
        "https://a_b.example.com.",
        "http://xn--bcher-kva.example",
        "https://[::1]",
    ] {
        assert!(builder(url).build().is_ok(), "{url}");
    }
}
