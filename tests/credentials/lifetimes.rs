//! Tokens that expire, and token servers that are down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use connectors_client::auth::{AccessToken, AuthError, TokenProvider};
use connectors_client::{Clock, ErrorKind, SleepFuture};
use support::clock::TestClock;
use support::server::{Reply, Server};

use crate::servers::{Api, HOUR, Issuer, builder, things, token, until};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_token_is_renewed_ahead_of_its_expiry_and_no_call_waits() {
    let (api, clock) = (Api::accepting("t-1"), TestClock::new());
    let issuer = Issuer::answering([
        token("t-1"),
        token("t-2").delay(Duration::from_millis(300)),
        token("t-3"),
    ]);
    let client = things(api.builder().clock(clock.clone()).auth(issuer.grant()).build().unwrap());
    client.list().await.unwrap();
    // Before the last 5 minutes nothing happens.
    clock.sleep(54 * MINUTE).await;
    client.list().await.unwrap();
    assert_eq!(issuer.requests(), 1);
    // The jitter is at most the first half of the last 5 minutes.
    clock.sleep(4 * MINUTE).await;
    client.list().await.unwrap();
    until(|| issuer.requests() == 2).await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    api.accept("t-2");
    client.list().await.unwrap();
    assert_eq!(api.tokens(), ["Bearer t-1", "Bearer t-1", "Bearer t-1", "Bearer t-2"]);
    assert_eq!(issuer.requests(), 2);
}

#[tokio::test]
async fn many_clients_do_not_renew_at_the_same_moment() {
    let mut renewed = 0;
    for _ in 0..40 {
        let (api, issuer, clock) = (Api::accepting("t-1"), Issuer::start(), TestClock::new());
        let client =
            things(api.builder().clock(clock.clone()).auth(issuer.grant()).build().unwrap());
        client.list().await.unwrap();
        clock.sleep(56 * MINUTE + MINUTE / 4).await;
        client.list().await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        renewed += usize::from(issuer.requests() == 2);
    }
    println!("figure: {renewed} of 40 clients have renewed in the middle of the jitter");
    assert!((5..=35).contains(&renewed), "{renewed}");
}

#[tokio::test]
async fn a_token_server_that_is_down_fails_no_call_while_the_token_is_valid() {
    let (api, clock) = (Api::accepting("t-1"), TestClock::new());
    let issuer = Issuer::answering([token("t-1"), Reply::empty(503)]);
    // Retries would move the clock.
    let builder = api.builder().clock(clock.clone()).max_retries(0);
    let client = things(builder.auth(issuer.grant()).build().unwrap());
    client.list().await.unwrap();
    clock.sleep(58 * MINUTE).await;
    let mut failures = 0;
    // Also in the last seconds, in which a call waits for the renewal.
    for _ in 0..118 {
        failures += usize::from(client.list().await.is_err());
        tokio::time::sleep(Duration::from_millis(1)).await;
        clock.sleep(Duration::from_secs(1)).await;
    }
    println!("figure: 118 calls, {failures} failures, {} requests", issuer.requests());
    assert_eq!(failures, 0);
    // Renewals back off to one in 30 s.
    assert!((6..=20).contains(&issuer.requests()), "{}", issuer.requests());
    clock.sleep(MINUTE).await;
    let error = client.list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(
        error.to_string(),
        "GET things: the credentials could not be obtained: POST TokenServer::client_credentials: \
         503 Service Unavailable"
    );
}

#[tokio::test]
async fn calls_after_a_failure_do_not_ask_the_token_server_again_at_once() {
    let (api, clock) = (Api::accepting("t-1"), TestClock::new());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let provider = TokenProvider::new(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        async { Err(AuthError::new("the vault is closed")) }
    });
    let client = things(api.builder().clock(clock.clone()).auth(provider).build().unwrap());
    for _ in 0..100 {
        let error = client.list().await.unwrap_err();
        let text = "GET things: the credentials could not be obtained: the vault is closed";
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(count.load(Ordering::Relaxed), 1);
    // Each minute is longer than the longest wait.
    for asked in 2..6 {
        clock.sleep(MINUTE).await;
        client.list().await.unwrap_err();
        assert_eq!(count.load(Ordering::Relaxed), asked);
    }
    assert!(api.server.requests().is_empty());
}

#[tokio::test]
async fn an_expired_token_is_not_sent() {
    let (api, clock) = (Api::accepting("t-1"), TestClock::new());
    let issuer = Issuer::start();
    let client = things(api.builder().clock(clock.clone()).auth(issuer.grant()).build().unwrap());
    client.list().await.unwrap();
    clock.sleep(HOUR).await;
    api.accept("t-2");
    client.list().await.unwrap();
    assert_eq!(api.tokens(), ["Bearer t-1", "Bearer t-2"]);
}

#[tokio::test]
async fn a_late_refusal_does_not_throw_away_a_newer_token() {
    let (clock, issuer) = (TestClock::new(), Issuer::start());
    // This server holds the refusal of `t-1` back until `t-2` is in use.
    let slow = Server::answer(|request| match request.header("authorization") {
        Some("Bearer t-2") => Reply::text(200, "text/plain", "done"),
        _ => Reply::empty(401).delay(Duration::from_millis(300)),
    });
    let (provider, api) = (issuer.grant().into_provider(), Api::accepting("t-2"));
    let late = builder(&slow).clock(clock.clone()).auth(provider.clone()).build().unwrap();
    let other = things(api.builder().clock(clock.clone()).auth(provider).build().unwrap());
    let late = tokio::spawn(things(late).list().send());
    until(|| slow.requests().len() == 1).await;
    other.list().await.unwrap();
    assert_eq!(api.tokens(), ["Bearer t-1", "Bearer t-2"]);
    // The least time between two forced renewals is not what keeps `t-2`.
    clock.sleep(MINUTE).await;
    late.await.unwrap().unwrap();
    other.list().await.unwrap();
    assert_eq!((issuer.requests(), slow.requests().len()), (2, 2));
}

#[tokio::test]
async fn a_token_without_a_lifetime_is_kept_until_it_is_refused() {
    let (api, clock) = (Api::accepting("t-0"), TestClock::new());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let provider = TokenProvider::new(move || {
        let number = counted.fetch_add(1, Ordering::Relaxed);
        async move { Ok(AccessToken::new(format!("t-{number}"))) }
    });
    let client = things(api.builder().clock(clock.clone()).auth(provider).build().unwrap());
    for _ in 0..10 {
        client.list().await.unwrap();
        clock.sleep(1000 * HOUR).await;
    }
    api.accept("t-1");
    client.list().await.unwrap();
    assert_eq!(count.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_function_that_panics_or_hangs_becomes_an_error() {
    let api = Api::accepting("t-1");
    let panics = TokenProvider::new(|| async { panic!("of the caller") });
    let error = things(api.builder().auth(panics).build().unwrap()).list().await.unwrap_err();
    assert!(error.to_string().ends_with("the function that obtains the token panicked"), "{error}");
    let hangs = TokenProvider::new(std::future::pending).timeout(Duration::from_millis(30));
    let error = things(api.builder().auth(hangs).build().unwrap()).list().await.unwrap_err();
    assert!(error.to_string().ends_with("no token arrived within 30ms"), "{error}");
    assert_eq!(error.kind(), ErrorKind::Credentials);
}

#[tokio::test]
async fn a_forced_renewal_that_failed_is_tried_again_after_its_backoff() {
    let (api, clock) = (Api::accepting("t-1"), TestClock::new());
    let issuer = Issuer::answering([token("t-1"), Reply::empty(503), token("t-2"), token("t-3")]);
    let builder = api.builder().clock(clock.clone()).max_retries(0);
    let client = things(builder.auth(issuer.grant()).build().unwrap());
    client.list().await.unwrap();
    api.accept("t-2");
    // Until the backoff of half a second has passed, each call tells why there is no new token.
    for _ in 0..3 {
        let error = client.list().await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
        let text = error.to_string();
        assert!(text.contains("the credentials could not be renewed"), "{text}");
    }
    assert_eq!(issuer.requests(), 2);
    clock.sleep(Duration::from_millis(600)).await;
    client.list().await.unwrap();
    assert_eq!((issuer.requests(), api.tokens().pop().unwrap()), (3, "Bearer t-2".to_owned()));
    // A forced renewal that succeeded keeps its distance to the next one.
    api.accept("t-3");
    clock.sleep(Duration::from_secs(5)).await;
    client.list().await.unwrap_err();
    assert_eq!(issuer.requests(), 3);
    clock.sleep(Duration::from_secs(6)).await;
    client.list().await.unwrap();
    assert_eq!(issuer.requests(), 4);
}

/// A clock of the caller that panics once, when it is told to.
#[derive(Clone)]
struct Panicking {
    inner: TestClock,
    panics: Arc<AtomicBool>,
}

impl Clock for Panicking {
    fn now(&self) -> Instant {
        assert!(!self.panics.swap(false, Ordering::SeqCst), "of the caller's clock");
        self.inner.now()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        self.inner.sleep(duration)
    }

    fn timer(&self, duration: Duration) -> SleepFuture {
        self.inner.timer(duration)
    }
}

#[tokio::test]
async fn a_renewal_that_a_clock_ended_is_followed_by_another() {
    let api = Api::accepting("t-0");
    let (panics, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let clock = Panicking { inner: TestClock::new(), panics: Arc::clone(&panics) };
    let counted = Arc::clone(&count);
    let provider = TokenProvider::new(move || {
        panics.store(counted.fetch_add(1, Ordering::SeqCst) == 0, Ordering::SeqCst);
        async { Ok(AccessToken::new("t-0")) }
    });
    let client = things(api.builder().clock(clock).auth(provider).build().unwrap());
    let error = client.list().await.unwrap_err();
    assert!(error.to_string().contains("ended without a result"), "{error}");
    client.list().await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}
