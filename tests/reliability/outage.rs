//! Counts the load that retries add to a failing server, by a transport without a network.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use connectors_client::cohere::ConnectorsClient;
use connectors_client::{Client, ErrorKind, Fake, FakeReply};
use reqwest::Method;
use support::clock::TestClock;
use support::fault_server::{FaultServer, Script};

use crate::careless;

fn connectors(fake: &Fake) -> ConnectorsClient {
    ConnectorsClient::new(fake.builder().clock(TestClock::new()).build().unwrap())
}

/// Runs an outage with this answer. Returns by how many percent the requests exceed the calls.
async fn extra_load(calls: usize, answer: fn() -> FakeReply) -> f64 {
    let fake = Fake::new().otherwise(move |_| answer());
    let connectors = connectors(&fake);
    for number in 0..calls {
        // Clones share the budget.
        let connectors = connectors.clone();
        let failed = if number % 2 == 0 {
            connectors.get("c").await.map(drop)
        } else {
            connectors.delete("c").await.map(drop)
        };
        failed.unwrap_err();
    }
    percent(fake.requests().len(), calls)
}

#[expect(clippy::cast_precision_loss, reason = "the counts are small")]
fn percent(requests: usize, calls: usize) -> f64 {
    (requests as f64 / calls as f64 - 1.0) * 100.0
}

#[tokio::test]
async fn retries_add_little_load_to_an_outage() {
    type Outage = (&'static str, fn() -> FakeReply, f64);
    let outages: [Outage; 7] = [
        ("500", || FakeReply::new(500, ""), 5.0),
        ("503", || FakeReply::new(503, "{}"), 5.0),
        ("503 with Retry-After", || FakeReply::new(503, "{}").header("retry-after", "1"), 5.0),
        ("no connection", || FakeReply::failure(ErrorKind::Connect), 5.0),
        ("interrupted", || FakeReply::failure(ErrorKind::Interrupted), 5.0),
        ("timed out", || FakeReply::failure(ErrorKind::Timeout), 5.0),
        ("429", || FakeReply::new(429, "{}"), 10.0),
    ];
    for calls in [1_000, 10_000] {
        for (name, answer, most) in outages {
            let extra = extra_load(calls, answer).await;
            println!("{calls} calls, {name}: {extra:.2} % more load");
            assert!(extra > 0.0, "{name}: nothing was retried");
            assert!(extra <= most + 1e-9, "{name}: {extra} % of {calls} calls");
        }
    }
}

#[tokio::test]
async fn concurrent_calls_share_the_budget() {
    let fake = Fake::new().otherwise(|_| FakeReply::new(503, ""));
    let connectors = connectors(&fake);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..1_000 {
        calls.spawn(connectors.get("c").send());
    }
    assert!(calls.join_all().await.iter().all(Result::is_err));
    assert!(fake.requests().len() <= 1_050, "{}", fake.requests().len());
}

/// Counts the retries available after 50 successes: uses up the budget of a caller, succeeds 50
/// times and counts the requests of 10 further calls. `call` returns true if it succeeded.
async fn retries_after_50_successes(
    make: impl FnOnce(&Fake) -> Client,
    call: impl AsyncFn(&Client) -> bool,
) -> usize {
    let down = Arc::new(AtomicBool::new(true));
    let state = Arc::clone(&down);
    let fake = Fake::new().otherwise(move |_| {
        let body = support::fault_server::HEALTHY_BODY;
        if state.load(Ordering::SeqCst) {
            FakeReply::new(503, "")
        } else {
            FakeReply::new(200, body)
        }
    });
    let client = make(&fake);
    for _ in 0..100 {
        assert!(!call(&client).await);
    }
    let used_up = fake.requests().len();
    assert!(!call(&client).await);
    assert_eq!(fake.requests().len(), used_up + 1, "the budget must be used up");

    down.store(false, Ordering::SeqCst);
    for _ in 0..50 {
        assert!(call(&client).await);
    }
    down.store(true, Ordering::SeqCst);
    let before = fake.requests().len();
    for _ in 0..10 {
        assert!(!call(&client).await);
    }
    fake.requests().len() - before - 10
}

#[tokio::test]
async fn fifty_successes_make_three_retries_available() {
    let ours = |fake: &Fake| fake.builder().clock(TestClock::new()).build().unwrap();
    let get = async |client: &Client| ConnectorsClient::new(client.clone()).get("c").await.is_ok();
    let retries = retries_after_50_successes(ours, get).await;
    println!("after 50 successes: {retries} retries");
    assert!(retries >= 3, "{retries}");

    // Control: a loop with a budget that successes do not refill.
    let left = AtomicU64::new(35);
    let once = |fake: &Fake| fake.builder().clock(TestClock::new()).max_retries(0).build().unwrap();
    let careless = retries_after_50_successes(once, async |client| {
        let connectors = ConnectorsClient::new(client.clone());
        for _ in 0..3 {
            let take = |left: u64| left.checked_sub(1);
            if connectors.get("c").await.is_ok() {
                return true;
            }
            if left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).is_err() {
                break;
            }
        }
        false
    })
    .await;
    println!("careless: {careless} retries");
    assert!(careless < 3, "{careless}");
}

#[tokio::test]
async fn successes_pay_for_retries_if_half_of_the_attempts_fail() {
    let seed = AtomicU64::new(1);
    let fake = Fake::new().otherwise(move |_| {
        // Knuth's MMIX generator. Its high bits are good.
        let next = |state: u64| {
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
        };
        let drawn = seed
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |state| Some(next(state)))
            .unwrap();
        let body = support::fault_server::HEALTHY_BODY;
        if drawn >> 63 == 0 { FakeReply::new(503, "") } else { FakeReply::new(200, body) }
    });
    let connectors = connectors(&fake);
    let mut succeeded = 0;
    for _ in 0..10_000 {
        succeeded += usize::from(connectors.get("c").await.is_ok());
    }
    let retries = fake.requests().len() - 10_000;
    println!(
        "half of all attempts fail: {:.2} % more load, {succeeded} of 10000 succeed",
        percent(10_000 + retries, 10_000)
    );
    assert!(retries * 14 <= 500 + succeeded, "{retries} retries, {succeeded} successes");
    assert!((5_000..6_000).contains(&succeeded), "{succeeded}");
}

/// Control: a loop of three attempts triples the load of a failing server.
#[tokio::test]
async fn a_careless_retry_is_detected() {
    let reply = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";
    let server = FaultServer::start(Script::executed().send(reply).into());
    let client = careless::plain();
    for _ in 0..1_000 {
        assert!(!careless::send_again(&client, &server, Method::GET).await);
    }
    let extra = percent(server.counts().received, 1_000);
    println!("careless: {extra:.0} % more load");
    assert!(extra > 5.0);
}
