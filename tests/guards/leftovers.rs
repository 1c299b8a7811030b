//! Calls leave no task, connection, file or retry token behind, however they end.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use connectors_client::{
    ByteStream, Client, Error, ErrorKind, EventStream, ResponseFuture, RetryPolicy, api_client,
};
use futures_util::FutureExt as _;
use serde_json::Value;
use tokio::runtime::{Builder, Handle};

use crate::alone::{alone, block_on};
use crate::lean_server::{Answer, LeanServer, json};
use crate::process::{descriptors, settled};

#[api_client]
trait Things {
    #[get("get")]
    async fn get(&self) -> Value;

    #[post("post")]
    async fn post(&self, value: &str) -> Value;

    #[get("bytes")]
    async fn bytes(&self) -> ByteStream;

    #[get("events")]
    async fn events(&self) -> EventStream<Value>;
}

fn client(server: &LeanServer) -> Client {
    let retry = RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    support::client(server.url()).bearer_token("t").env_proxies(false).retry(retry).build().unwrap()
}

/// A call or a stream that is polled step by step. The closure returns true when it is over.
type Steps = Pin<Box<dyn Future<Output = ()>>>;

fn steps(things: &ThingsClient, kind: usize) -> Steps {
    let things = things.clone();
    Box::pin(async move {
        match kind {
            0 => drop(things.get().await),
            1 => drop(things.post("value").await),
            2 => {
                let Ok(mut stream) = things.bytes().await else { return };
                while stream.next().await.is_some() {}
            }
            _ => {
                let Ok(mut stream) = things.events().await else { return };
                while stream.next().await.is_some() {}
            }
        }
    })
}

/// A response that takes several polls to arrive.
fn dripping(first_line: &str) -> Answer {
    let (media_type, body) = if first_line.contains("events") {
        ("text/event-stream", "data: {\"a\": 1}\n\n".repeat(20))
    } else {
        ("application/json", format!("[{}1]", "1, ".repeat(200)))
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 200 X\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n\r\n");
    Answer::Drip((head + &body).into_bytes().into(), 40)
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn calls_cancelled_after_any_poll_leave_nothing_behind() {
    alone("leftovers::calls_cancelled_after_any_poll_leave_nothing_behind", || {
        let server = LeanServer::start(|_, line| dripping(line));
        block_on(async {
            let before = descriptors();
            let things = ThingsClient::new(client(&server));
            let (mut cancelled, mut finished) = ([0; 4], [0; 4]);
            for polls in 0..40 {
                for kind in 0..4 {
                    let mut call = steps(&things, kind);
                    let over = poll_times(&mut call, polls).await;
                    if over { finished[kind] += 1 } else { cancelled[kind] += 1 }
                }
            }
            println!(
                "figure: cancelled {cancelled:?}, finished {finished:?} of get, post, bytes, events"
            );
            assert!(cancelled.iter().all(|count| *count >= 5), "{cancelled:?}");
            // The next call works as usual.
            things.get().await.unwrap();
            drop(things);
            assert_eq!(left_behind(&server, before).await, (0, 0, 0));
        });
    });
}

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// Polls the given number of times and gives the connection time in between. Returns true when the
/// call is over.
async fn poll_times(call: &mut Steps, polls: usize) -> bool {
    for _ in 0..polls {
        if call.as_mut().now_or_never().is_some() {
            return true;
        }
        tokio::time::sleep(Duration::from_micros(100)).await;
    }
    false
}

/// Returns the connections, tasks and additional descriptors that remain after calls had time to
/// end.
async fn left_behind(server: &LeanServer, before: usize) -> (usize, usize, usize) {
    let connections = settled(0, || server.open()).await;
    let tasks = settled(0, tasks).await;
    (connections, tasks, settled(before, descriptors).await.saturating_sub(before))
}

/// Control: a client that spawns a task per call to watch the timeout and never stops it.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn a_task_leaked_by_each_call_is_detected() {
    alone("leftovers::a_task_leaked_by_each_call_is_detected", || {
        let server = LeanServer::start(|_, _| Answer::Whole(json(200, "", "{}")));
        block_on(async {
            let before = descriptors();
            let things = ThingsClient::new(client(&server));
            for _ in 0..100 {
                tokio::spawn(tokio::time::sleep(Duration::from_secs(3600)));
                things.get().await.unwrap();
            }
            drop(things);
            let left = left_behind(&server, before).await;
            println!("figure: careless: {left:?} connections, tasks and descriptors are left");
            assert_eq!(left, (0, 100, 0));
        });
    });
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn a_thousand_clones_in_tasks_leave_nothing_behind() {
    const TASKS: usize = 1000;
    alone("leftovers::a_thousand_clones_in_tasks_leave_nothing_behind", || {
        let server = LeanServer::start(|number, _| match number % 10 {
            0 => Answer::Whole(json(503, "", "{}")),
            1 => Answer::Last(Arc::from(*b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\n{}")),
            2 => Answer::Reset,
            3 => Answer::Last(Arc::from(*b"garbage\r\n\r\n")),
            4 => Answer::Whole(json(404, "", "{\"message\": \"no\"}")),
            5 => Answer::Whole(json(200, "", "{\"half\": ")),
            _ => Answer::Whole(json(200, "", "{}")),
        });
        for threads in [1, 2] {
            let runtime =
                Builder::new_multi_thread().worker_threads(threads).enable_all().build().unwrap();
            runtime.block_on(async {
                let before = descriptors();
                let things = ThingsClient::new(client(&server));
                let calls = (0..TASKS).map(|number| {
                    let things = things.clone();
                    tokio::spawn(async move {
                        let calls = [things.get().send(), things.post("x").send()];
                        futures_util::future::join_all(calls.into_iter().skip(number % 2)).await
                    })
                });
                let results: Vec<_> = futures_util::future::join_all(calls).await;
                // No task panicked, and each error has a kind.
                let results: Vec<_> = results.into_iter().flat_map(|task| task.unwrap()).collect();
                let failed =
                    results.iter().filter_map(|result| result.as_ref().err()).map(Error::kind);
                let kinds: std::collections::HashSet<_> = failed.collect();
                println!(
                    "figure: {} calls, {} connections, errors of {kinds:?}",
                    results.len(),
                    server.accepted()
                );
                assert_eq!(results.len(), TASKS + TASKS / 2);
                assert!(kinds.contains(&ErrorKind::Api) && kinds.len() >= 4, "{kinds:?}");
                assert!(results.iter().filter(|result| result.is_ok()).count() > TASKS / 2);
                drop(things);
                assert_eq!(left_behind(&server, before).await, (0, 0, 0));
            });
        }
    });
}

/// Returns the number of calls that a client's remaining budget retries in an outage.
async fn retries_left(things: &ThingsClient, server: &LeanServer) -> usize {
    let before = server.requests();
    for _ in 0..100 {
        things.get().await.unwrap_err();
    }
    server.requests() - before - 100
}

/// Starts calls that wait for their next attempt. The server asks for a long wait.
async fn waiting(
    things: &ThingsClient,
    server: &LeanServer,
    calls: usize,
) -> Vec<ResponseFuture<Value>> {
    let before = server.requests();
    let mut waiting: Vec<_> = (0..calls).map(|_| things.get().send()).collect();
    let mut are_waiting = false;
    while !are_waiting {
        are_waiting = server.requests() == before + calls;
        // Wait again after all requests arrived, for the responses.
        let step = Duration::from_millis(if are_waiting { 100 } else { 5 });
        let all = futures_util::future::join_all(&mut waiting);
        assert!(tokio::time::timeout(step, all).await.is_err());
    }
    waiting
}

#[test]
fn a_call_dropped_while_it_waits_returns_its_token() {
    alone("leftovers::a_call_dropped_while_it_waits_returns_its_token", || {
        let is_slow = Arc::new(AtomicBool::new(true));
        let slow = Arc::clone(&is_slow);
        let server = LeanServer::start(move |_, _| {
            let wait = if slow.load(Ordering::SeqCst) { 20 } else { 0 };
            Answer::Whole(json(503, &format!("retry-after: {wait}\r\n"), "{}"))
        });
        block_on(async {
            // 30 waiting calls hold 420 of the 500 tokens.
            let things = ThingsClient::new(client(&server));
            for _ in 0..3 {
                drop(waiting(&things, &server, 30).await);
            }
            is_slow.store(false, Ordering::SeqCst);
            assert_eq!(retries_left(&things, &server).await, 35);
            // Control: tokens that are not returned are noticed.
            is_slow.store(true, Ordering::SeqCst);
            let things = ThingsClient::new(client(&server));
            std::mem::forget(waiting(&things, &server, 30).await);
            is_slow.store(false, Ordering::SeqCst);
            assert_eq!(retries_left(&things, &server).await, 5);
        });
    });
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn blocking_streams_dropped_early_close_their_connections() {
    alone("leftovers::blocking_streams_dropped_early_close_their_connections", || {
        let server = LeanServer::start(|_, line| dripping(line));
        // The first call starts the runtime that all blocking calls share.
        BlockingThingsClient::new(client(&server)).get().send().unwrap();
        let before = block_on(async {
            assert_eq!(settled(0, || server.open()).await, 0, "connections");
            descriptors()
        });
        let things = BlockingThingsClient::new(client(&server));
        std::thread::scope(|scope| {
            for taken in 0..40 {
                let things = &things;
                scope.spawn(move || {
                    let items = things.events().send().unwrap().into_iter().take(taken).count();
                    assert_eq!(items, taken.min(20));
                    things.bytes().send().unwrap().into_iter().take(taken).for_each(drop);
                });
            }
        });
        drop(things);
        block_on(async {
            assert_eq!(settled(0, || server.open()).await, 0, "connections");
            assert_eq!(settled(before, descriptors).await, before, "descriptors");
        });
    });
}

/// Control: the server, the runtime and the system all see a connection that is held open.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn a_leaked_connection_is_detected() {
    alone("leftovers::a_leaked_connection_is_detected", || {
        let server = LeanServer::start(|_, _| Answer::Stall(Arc::from(*b"")));
        block_on(async {
            let before = descriptors();
            let mut call = ThingsClient::new(client(&server)).get().send();
            assert!(tokio::time::timeout(Duration::from_millis(50), &mut call).await.is_err());
            std::mem::forget(call);
            assert_eq!(settled(1, || server.open()).await, 1);
            tokio::time::sleep(Duration::from_millis(50)).await;
            assert!(server.open() == 1 && tasks() > 0 && descriptors() > before);
        });
    });
}
