//! Many calls at once: one renewal serves all of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use connectors_client::auth::{AuthFuture, AuthRequest, Authenticate, Refused};
use connectors_client::{Clock as _, ErrorKind, Secret};
use support::clock::TestClock;
use support::server::{Reply, Server};
use tokio::task::JoinSet;

use crate::ThingsClient;
use crate::servers::{Api, HOUR, Issuer, builder, things, token, until};

const CALLS: usize = 1000;

/// Makes all calls at once. Returns how many of them failed.
async fn failed(client: &ThingsClient) -> usize {
    failed_of(CALLS, client).await
}

async fn failed_of(count: usize, client: &ThingsClient) -> usize {
    let mut calls = JoinSet::new();
    for _ in 0..count {
        calls.spawn(client.list().send());
    }
    calls.join_all().await.iter().filter(|result| result.is_err()).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_on_a_refused_token_cause_one_renewal() {
    let (api, issuer) = (Api::accepting("t-1"), Issuer::start());
    let client = things(api.builder().auth(issuer.grant()).build().unwrap());
    client.list().await.unwrap();
    assert_eq!(issuer.requests(), 1);
    // The token expires for the server only.
    api.accept("t-2");
    let failures = failed(&client).await;
    let replays = api.server.requests().len() - 1 - CALLS;
    println!("figure: {CALLS} calls: {failures} failures, {replays} replays, 1 renewal");
    assert_eq!((failures, issuer.requests()), (0, 2));
    assert!(replays <= CALLS, "{replays} replays");

    // Control: a client that renews for each refusal by itself. Its calls are refused before there
    // is another token.
    let api = Api::accepting("t-1");
    let issuer = Issuer::with(|reply| reply.clone().delay(Duration::from_millis(200)));
    let careless = Careless { url: issuer.server.url(), token: tokio::sync::Mutex::default() };
    let client = things(api.builder().auth(careless).build().unwrap());
    client.list().await.unwrap();
    api.accept("t-2");
    failed_of(20, &client).await;
    println!("figure: careless: {} renewals", issuer.requests() - 1);
    assert!(issuer.requests() > 2);
}

/// Asks for a token whenever one was refused, as a person would write it.
struct Careless {
    url: String,
    token: tokio::sync::Mutex<String>,
}

impl Careless {
    async fn token(&self) -> String {
        #[derive(serde::Deserialize)]
        struct Token {
            access_token: String,
        }
        let client = support::client(&self.url).env_proxies(false).build().unwrap();
        let request = http::Request::post("/token").body("").unwrap();
        client.send::<Token>(request).await.unwrap().access_token
    }
}

impl Authenticate for Careless {
    fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
        AuthFuture::new(async move {
            let mut token = self.token.lock().await;
            if token.is_empty() {
                *token = self.token().await;
            }
            request.set_header("authorization", Secret::new(format!("Bearer {token}")))
        })
    }

    fn renew<'a>(&'a self, _: &'a Refused) -> AuthFuture<'a, bool> {
        AuthFuture::new(async move {
            let renewed = self.token().await;
            *self.token.lock().await = renewed;
            Ok(true)
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_without_a_token_wait_for_one_request() {
    let api = Api::accepting("t-1");
    let issuer = Issuer::with(|reply| reply.clone().delay(Duration::from_millis(100)));
    let client = things(api.builder().auth(issuer.grant()).build().unwrap());
    assert_eq!((failed(&client).await, issuer.requests()), (0, 1));
    assert_eq!(api.server.requests().len(), CALLS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_on_an_expired_token_wait_for_one_request() {
    let (api, issuer, clock) = (Api::accepting("t-1"), Issuer::start(), TestClock::new());
    let builder = api.builder().clock(clock.clone()).auth(issuer.grant());
    let client = things(builder.build().unwrap());
    client.list().await.unwrap();
    api.accept("t-2");
    clock.sleep(HOUR).await;
    assert_eq!((failed(&client).await, issuer.requests()), (0, 2));
    // The expired token was not sent, so nothing is sent again.
    assert_eq!(api.server.requests().len(), 1 + CALLS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_of_one_request_in_flight_does_not_block_a_renewal() {
    let (api, issuer, clock) = (Api::accepting("t-1"), Issuer::start(), TestClock::new());
    let builder = api.builder().clock(clock.clone()).auth(issuer.grant()).max_in_flight(1);
    let client = things(builder.build().unwrap());
    client.list().await.unwrap();
    // Expired by the clock, and then for the server only.
    api.accept("t-2");
    clock.sleep(HOUR).await;
    assert_eq!((failed(&client).await, issuer.requests()), (0, 2));
    api.accept("t-3");
    assert_eq!((failed(&client).await, issuer.requests()), (0, 3));
}

#[tokio::test]
async fn a_call_that_waits_for_a_token_holds_no_place() {
    let (server, slow) = (Server::start([Reply::text(200, "text/plain", "done")]), Reply::stall());
    let issuer = Issuer::answering([slow]);
    let client = builder(&server).auth(issuer.grant()).max_in_flight(1).build().unwrap();
    let client = things(client);
    let waits = tokio::spawn(client.list().send());
    until(|| issuer.requests() == 1).await;
    client.open().await.unwrap();
    assert!(!waits.is_finished());
    waits.abort();
}

#[tokio::test]
async fn a_refusal_at_one_endpoint_does_not_hold_up_others() {
    let server = Server::answer(|request| match &*request.method {
        "GET" => Reply::text(200, "text/plain", "done"),
        _ => Reply::empty(401),
    });
    let issuer = Issuer::answering([token("t-1"), Reply::stall()]);
    let client = things(builder(&server).auth(issuer.grant()).build().unwrap());
    let refused = tokio::spawn(client.add("n").send());
    until(|| issuer.requests() == 2).await;
    for _ in 0..10 {
        client.list().await.unwrap();
    }
    assert!(!refused.is_finished());
    refused.abort();
}

#[tokio::test]
async fn a_dripping_token_server_does_not_outlast_the_timeout_of_a_call() {
    let api = Api::accepting("t-1");
    let drip = Reply::json(200, &" ".repeat(1000)).drip(1, Duration::from_millis(20));
    let issuer = Issuer::answering([drip]);
    let timeout = Duration::from_millis(200);
    let client = things(api.builder().auth(issuer.grant()).timeout(timeout).build().unwrap());
    let began = Instant::now();
    let error = client.list().await.unwrap_err();
    let took = began.elapsed();
    println!("figure: a timeout of 200 ms ended after {took:?}");
    assert!(took >= timeout && took < timeout + Duration::from_millis(150), "{took:?}");
    assert_eq!(
        error.to_string(),
        "GET things: timed out: there were no credentials within the call timeout of 200ms"
    );
    assert!(error.is_timeout() && !error.may_have_executed());
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(api.server.requests().is_empty());
}

#[tokio::test]
async fn calls_wait_for_a_token_while_one_of_them_is_cancelled() {
    let api = Api::accepting("t-1");
    let issuer = Issuer::with(|reply| reply.clone().delay(Duration::from_millis(200)));
    let client = things(api.builder().auth(issuer.grant()).build().unwrap());
    let first = tokio::spawn(client.list().send());
    tokio::time::sleep(Duration::from_millis(50)).await;
    let second = tokio::spawn(client.list().send());
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    second.await.unwrap().unwrap();
    assert_eq!(issuer.requests(), 1);
}

#[test]
fn a_renewal_outlives_the_runtime_of_its_caller() {
    let api = Api::accepting("t-1");
    let issuer = Issuer::with(|reply| reply.clone().delay(Duration::from_millis(200)));
    let client = things(api.builder().auth(issuer.grant()).build().unwrap());
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    let call = first.spawn(client.list().send());
    first.block_on(async { tokio::time::sleep(Duration::from_millis(50)).await });
    drop((call, first));
    runtime().block_on(client.list().send()).unwrap();
    assert_eq!(issuer.requests(), 1);
}

#[tokio::test]
async fn each_call_is_sent_again_once() {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let server = Server::answer(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        Reply::empty(401)
    });
    let issuer = Issuer::start();
    let client = things(builder(&server).auth(issuer.grant()).build().unwrap());
    let error = client.list().await.unwrap_err();
    assert_eq!((count.load(Ordering::Relaxed), issuer.requests()), (2, 2));
    assert_eq!(error.attempts(), 2);
    // The next refusals come too soon to renew again: each call is sent once.
    for _ in 0..5 {
        assert_eq!(client.list().await.unwrap_err().attempts(), 1);
    }
    assert_eq!((count.load(Ordering::Relaxed), issuer.requests()), (7, 2));
}
