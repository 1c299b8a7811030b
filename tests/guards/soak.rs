//! Many calls with faults among them leave memory, tasks, files and connections unchanged.
//!
//! The long form with a million calls is a program in `benches/`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use connectors_client::{Error, RetryPolicy, api_client};
use serde_json::Value;
use tokio::runtime::Handle;

use crate::alone::{alone, block_on};
use crate::lean_server::{Answer, LeanServer, json};
use crate::process::{descriptors, memory, settled};

const CALLS: usize = 20_000;
const AT_A_TIME: usize = 64;
/// One request in twenty meets a fault.
const FAULTS: usize = 20;
/// Maximum growth of memory from a quarter of the calls to the end, in KiB: a fifth of a KiB per
/// call.
const MOST_GROWTH: u64 = 3 * 1024;

#[api_client]
trait Things {
    #[get("get/<id>")]
    async fn get(&self, id: usize) -> Value;

    #[post("post")]
    async fn post(&self, value: &str) -> Value;
}

/// Nineteen of twenty responses are good. The twentieth is each fault in turn.
fn answer(number: usize) -> Answer {
    if !number.is_multiple_of(FAULTS) {
        return Answer::Whole(json(200, "", "{\"message\": \"fine\", \"items\": [1, 2, 3]}"));
    }
    match number / FAULTS % 8 {
        0 => Answer::Whole(json(503, "", "{}")),
        1 => Answer::Whole(json(429, "retry-after: 0\r\n", "{}")),
        2 => Answer::Last(Arc::from(*b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\n{}")),
        3 => Answer::Reset,
        4 => Answer::Last(Arc::from(*b"garbage\r\n\r\n")),
        5 => Answer::Whole(json(404, "", "{\"message\": \"no\"}")),
        6 => Answer::Whole(json(200, "", "{\"half\": ")),
        _ => Answer::Last(Arc::from(*b"")),
    }
}

/// Makes calls, 64 at a time, and hands each result to `done`. Returns the memory after a quarter
/// of the calls and at the end.
async fn run(things: &ThingsClient, calls: usize, done: fn(&Result<Value, Error>)) -> (u64, u64) {
    let quarter = Arc::new(AtomicUsize::new(0));
    let next = Arc::new(AtomicUsize::new(0));
    let workers = (0..AT_A_TIME).map(|_| {
        let (things, quarter, next) = (things.clone(), Arc::clone(&quarter), Arc::clone(&next));
        tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= calls {
                    return;
                }
                if number == calls / 4 {
                    quarter.store(usize::try_from(memory()).unwrap(), Ordering::SeqCst);
                }
                let result = if number.is_multiple_of(2) {
                    things.get(number).await
                } else {
                    things.post("value").await
                };
                done(&result);
            }
        })
    });
    for worker in futures_util::future::join_all(workers).await {
        worker.unwrap();
    }
    (quarter.load(Ordering::SeqCst) as u64, memory())
}

static GOOD: AtomicUsize = AtomicUsize::new(0);
static BAD: AtomicUsize = AtomicUsize::new(0);

fn count(result: &Result<Value, Error>) {
    let counter = if result.is_ok() { &GOOD } else { &BAD };
    counter.fetch_add(1, Ordering::SeqCst);
}

/// Control: a program that keeps a little of each call needs more and more memory.
fn leak(_: &Result<Value, Error>) {
    std::mem::forget(vec![1_u8; 1024]);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn many_calls_with_faults_leave_no_resources_behind() {
    alone("soak::many_calls_with_faults_leave_no_resources_behind", || {
        let server = LeanServer::start(|number, _| answer(number));
        let retry = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
        let client =
            support::client(server.url()).bearer_token("t").env_proxies(false).retry(retry);
        block_on(async {
            let before = descriptors();
            let things = ThingsClient::new(client.build().unwrap());
            let (quarter, end) = run(&things, CALLS, count).await;
            let (good, bad) = (GOOD.load(Ordering::SeqCst), BAD.load(Ordering::SeqCst));
            let (requests, connections) = (server.requests(), server.accepted());
            println!(
                "figure: {CALLS} calls: {good} good, {bad} bad, {requests} requests, {connections} connections"
            );
            println!("figure: memory {quarter} KiB after a quarter, {end} KiB at the end");
            assert_eq!(good + bad, CALLS);
            assert!(
                bad > 0 && bad < CALLS / FAULTS,
                "some faults must be retried, and some must be the result: {bad}"
            );
            assert!(end.saturating_sub(quarter) <= MOST_GROWTH, "{quarter} KiB, then {end} KiB");
            drop(things);
            assert_eq!(settled(0, || server.open()).await, 0, "connections");
            assert_eq!(
                settled(0, || Handle::current().metrics().num_alive_tasks()).await,
                0,
                "tasks"
            );
            assert_eq!(settled(before, descriptors).await, before, "descriptors");
        });
    });
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn memory_growth_per_call_is_detected() {
    alone("soak::memory_growth_per_call_is_detected", || {
        let server = LeanServer::start(|number, _| answer(number));
        let client = support::client(server.url()).env_proxies(false).build().unwrap();
        let (quarter, end) = block_on(run(&ThingsClient::new(client), CALLS / 2, leak));
        println!(
            "figure: with a KiB kept of each of {} calls: {quarter} KiB, then {end} KiB",
            CALLS / 2
        );
        assert!(end.saturating_sub(quarter) > MOST_GROWTH, "{quarter} KiB, then {end} KiB");
    });
}
