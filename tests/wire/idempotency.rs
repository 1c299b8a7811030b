//! Idempotency keys: one per call, shared by its attempts.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use connectors_client::{Client, ErrorKind, RequestOptions, api_client};
use support::clock::TestClock;
use support::server::{Reply, Server};

#[api_client]
trait Payments {
    #[post("payments", idempotency_key)]
    async fn pay(&self, amount: u32) -> u32;

    #[patch("payments/<id>", idempotency_key = "X-Request-Key")]
    async fn change(&self, id: u32, amount: u32) -> u32;

    #[post("plain")]
    async fn plain(&self, amount: u32);
}

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, Client) {
    let server = Server::start(replies);
    let client = support::client(server.url()).env_proxies(false).clock(TestClock::new()).build();
    (server, client.unwrap())
}

fn keys(server: &Server, name: &str) -> Vec<Option<String>> {
    server.requests().iter().map(|request| request.header(name).map(str::to_owned)).collect()
}

#[tokio::test]
async fn all_attempts_of_a_call_share_one_key() {
    let (server, client) =
        start([Reply::empty(503), Reply::close(), Reply::json(200, "1"), Reply::json(200, "2")]);
    let payments = PaymentsClient::new(client);
    let call = payments.pay(5);
    assert_eq!(call.clone().await.unwrap(), 1);
    assert_eq!(call.await.unwrap(), 2, "a clone is a separate call");
    let keys = keys(&server, "idempotency-key");
    assert_eq!((keys.len(), &keys[0], &keys[0]), (4, &keys[1], &keys[2]));
    assert_ne!(keys[2], keys[3]);
    assert_eq!(keys[0].as_ref().unwrap().len(), 36);
}

/// Returns the number of requests and the number of payments made. The server pays once per key,
/// and its first two responses are lost.
async fn payments_made(pay: impl AsyncFn(Client)) -> (usize, usize) {
    let made = Arc::new(Mutex::new(HashSet::new()));
    let (keys, mut attempts) = (Arc::clone(&made), 0);
    let attempts = Mutex::new(move || {
        attempts += 1;
        attempts
    });
    let server = Server::answer(move |request| {
        keys.lock().unwrap().insert(request.header("idempotency-key").map(str::to_owned));
        if attempts.lock().unwrap()() < 3 { Reply::empty(503) } else { Reply::json(200, "1") }
    });
    let client = support::client(server.url()).env_proxies(false).clock(TestClock::new()).build();
    pay(client.unwrap()).await;
    let made = made.lock().unwrap().len();
    (server.requests().len(), made)
}

#[tokio::test]
async fn a_call_retried_with_its_key_executes_once() {
    let counts = payments_made(async |client| {
        PaymentsClient::new(client).pay(5).await.unwrap();
    });
    assert_eq!(counts.await, (3, 1));

    // The control: a loop around the call. Each iteration is a new call with a new key.
    let careless = payments_made(async |client| {
        let payments = PaymentsClient::new(client);
        let once = || RequestOptions::new().max_retries(0);
        while payments.pay(5).options(once()).await.is_err() {}
    })
    .await;
    println!("careless: {} requests, {} payments", careless.0, careless.1);
    assert_eq!(careless, (3, 3));
}

#[tokio::test]
async fn an_error_has_the_key_for_use_in_a_later_call() {
    let (server, client) =
        start([Reply::empty(503), Reply::empty(503), Reply::empty(503), Reply::json(200, "\"x\"")]);
    let payments = PaymentsClient::new(client);
    let error = payments.change(1, 5).await.unwrap_err();
    assert_eq!(error.attempts(), 3, "a PATCH with a key is retried");
    let key = error.idempotency_key().unwrap().to_owned();
    let options = RequestOptions::new().idempotency_key(&key);
    let error = payments.change(1, 5).options(options).await.unwrap_err();
    assert_eq!((error.kind(), error.idempotency_key()), (ErrorKind::Decode, Some(&*key)));
    let sent: HashSet<_> = keys(&server, "x-request-key").into_iter().collect();
    assert_eq!(sent, HashSet::from([Some(key)]));
}

#[tokio::test]
async fn a_key_given_by_the_caller_makes_any_call_retryable() {
    let (server, client) = start([Reply::empty(503), Reply::empty(204)]);
    let payments = PaymentsClient::new(client);
    payments.plain(5).options(RequestOptions::new().idempotency_key("mine")).await.unwrap();
    assert_eq!(
        keys(&server, "idempotency-key"),
        [Some("mine".to_owned()), Some("mine".to_owned())]
    );
    // Without a key, the call is not retried.
    let (server, client) = start([Reply::empty(503)]);
    let error = PaymentsClient::new(client).plain(5).await.unwrap_err();
    assert_eq!((error.idempotency_key(), server.requests().len()), (None, 1));
    assert_eq!(keys(&server, "idempotency-key"), [None]);
}

/// The key of a job that must run only once, whichever process runs it.
const MIGRATION: &str = "migration-2026-01";

#[tokio::test]
async fn a_constant_key_is_used_by_all_calls() {
    let (server, client) = start([Reply::empty(503), Reply::json(200, "1"), Reply::json(200, "2")]);
    let once = client.with_options(RequestOptions::new().idempotency_key(MIGRATION));
    let payments = PaymentsClient::new(once);
    payments.pay(5).await.unwrap();
    payments.pay(6).await.unwrap();
    assert_eq!(
        keys(&server, "idempotency-key"),
        [const { Some(MIGRATION) }; 3].map(|key| key.map(str::to_owned))
    );
}

#[tokio::test]
async fn a_key_can_be_a_header_and_must_be_a_valid_value() {
    let (server, client) = start([Reply::empty(503), Reply::json(200, "1")]);
    let payments = PaymentsClient::new(client);
    payments
        .pay(5)
        .options(RequestOptions::new().header("Idempotency-Key", "header"))
        .await
        .unwrap();
    assert_eq!(
        keys(&server, "idempotency-key"),
        [Some("header".to_owned()), Some("header".to_owned())]
    );
    for wrong in ["", "a\nb", "ü"] {
        let error = payments
            .pay(5)
            .options(RequestOptions::new().idempotency_key(wrong))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{wrong:?}");
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_built_request_keeps_its_key() {
    let (server, client) = start([Reply::empty(503), Reply::json(200, "1")]);
    let built = PaymentsClient::new(client.clone()).pay(5).build().unwrap();
    let key = built.headers()["idempotency-key"].to_str().unwrap().to_owned();
    client.send::<u32>(built).await.unwrap();
    assert_eq!(keys(&server, "idempotency-key"), [Some(key.clone()), Some(key)]);
}

#[test]
fn blocking_calls_send_keys() {
    let (server, client) = start([Reply::empty(503), Reply::json(200, "1")]);
    BlockingPaymentsClient::new(client).pay(5).send().unwrap();
    let keys = keys(&server, "idempotency-key");
    assert!(keys[0].is_some() && keys[0] == keys[1]);
}

#[api_client(idempotency_key, auth = none)]
trait Everything {
    #[get("things")]
    async fn read(&self);

    #[post("things")]
    async fn make(&self);

    #[patch("things", idempotency_key = "X-Own")]
    async fn change(&self);

    #[put("things")]
    async fn set(&self);
}

#[tokio::test]
async fn a_trait_can_declare_keys_and_omit_the_token() {
    let server = Server::start([Reply::empty(204)]);
    let everything = EverythingClient::new(crate::client(&server));
    everything.read().await.unwrap();
    everything.make().await.unwrap();
    everything.change().await.unwrap();
    everything.set().await.unwrap();
    let sent = server.requests();
    let names: Vec<_> = sent
        .iter()
        .map(|request| ["idempotency-key", "x-own"].map(|name| request.header(name).is_some()))
        .collect();
    assert_eq!(names, [[false, false], [true, false], [false, true], [false, false]]);
    assert!(sent.iter().all(|request| request.header("authorization").is_none()));
    assert!(EverythingClient::MAKE.is_idempotent() && EverythingClient::CHANGE.is_idempotent());
}
