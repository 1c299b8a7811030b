//! Requests that are neither idempotent nor keyed are executed at most once, even if a connection
//! ends just as it is reused.

use std::time::Duration;

use connectors_client::Error;
use connectors_client::RequestOptions;
use reqwest::Method;
use support::fault_server::{Fault, FaultServer, HEALTHY_BODY, Script, authority, http2};

use crate::operations::{Answer, Operation, Way, call};
use crate::{builder, careless, faults, plain_reqwest};

const CALLS: usize = 500;

/// Number of calls on one client, few enough for its retry budget.
const CALLS_OF_A_CLIENT: usize = 25;

fn reply() -> Vec<u8> {
    let length = HEALTHY_BODY.len();
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{HEALTHY_BODY}").into_bytes()
}

/// Outcome of many consecutive calls.
#[derive(Debug, Default)]
struct Tally {
    succeeded: usize,
    /// Number of calls that needed more than one attempt.
    repeated: usize,
    /// Number of executions on the server.
    executed: usize,
    /// Number of calls that were executed more than once.
    duplicated: usize,
    /// Number of calls that were executed although their error denies it.
    denied: usize,
}

impl Tally {
    fn add(&mut self, met: &Result<Answer, Error>, executed: usize) {
        let attempts = met.as_ref().map_or_else(Error::attempts, |answer| answer.attempts);
        self.succeeded += usize::from(met.is_ok());
        self.repeated += usize::from(attempts > 1);
        self.executed += executed;
        self.duplicated += usize::from(executed > 1);
        let denied = met.as_ref().is_err_and(|error| !error.may_have_executed() && executed > 0);
        self.denied += usize::from(denied);
    }
}

/// Makes consecutive calls, with a pause before each.
async fn calls(
    server: &FaultServer,
    operation: Operation,
    pause: impl Fn(usize) -> Duration,
) -> Tally {
    let mut tally = Tally::default();
    for first in (0..CALLS).step_by(CALLS_OF_A_CLIENT) {
        let client = builder(server).build().unwrap();
        for number in first..first + CALLS_OF_A_CLIENT {
            // Tokio's timers are too coarse to hit the moment in which a connection ends.
            tokio::task::block_in_place(|| std::thread::sleep(pause(number)));
            let before = server.counts().executed;
            let met = call(&client, operation, Way::Async, RequestOptions::new()).await;
            tally.add(&met, server.counts().executed - before);
        }
    }
    tally
}

/// Makes as many POSTs with a plain reqwest loop and the same pauses. Returns the executions and
/// how many requests were executed more than once.
async fn careless_posts(server: &FaultServer, pause: impl Fn(usize) -> Duration) -> Tally {
    let (plain, mut tally) = (careless::plain(), Tally::default());
    for number in 0..CALLS {
        tokio::task::block_in_place(|| std::thread::sleep(pause(number)));
        let before = server.counts().executed;
        tally.succeeded += usize::from(careless::send_again(&plain, server, Method::POST).await);
        let executed = server.counts().executed - before;
        tally.executed += executed;
        tally.duplicated += usize::from(executed > 1);
    }
    tally
}

/// The server closes each connection a moment after its first response, and the client sends the
/// next request at about that moment. The server executes some of these requests without a response
/// and never sees others, and no client can tell which.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_closed_on_reuse_doubles_no_post() {
    let script =
        || Script::executed().send(reply()).execute_within(Duration::from_millis(1)).close();
    // From 0 to 3 ms, in no particular order.
    let pause = |number: usize| Duration::from_micros((number as u64 * 1_237) % 3_000);
    let gets = calls(&FaultServer::start(script().into()), Operation::Get, pause).await;
    let posts = calls(&FaultServer::start(script().into()), Operation::Create, pause).await;
    let careless = careless_posts(&FaultServer::start(script().into()), pause).await;
    println!("idle connection closed: GET {gets:?}; POST {posts:?}");
    println!("careless: {careless:?}");
    assert_eq!(gets.succeeded, CALLS);
    // A POST is repeated only if nothing of it was sent.
    assert_eq!((posts.duplicated, posts.denied), (0, 0));
    assert!(posts.executed <= CALLS && posts.executed >= posts.succeeded);
    // Otherwise no request was sent just before or just after the end.
    assert!(gets.repeated + (CALLS - posts.succeeded) > 0);
    assert!(careless.duplicated > 0, "the control executed nothing twice");
}

/// The server executes every second request and then sends no response.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_executed_request_is_retried_only_for_get() {
    let script = || Script::executed().send(reply()).read_request().execute().close();
    let pause = |_| Duration::ZERO;
    let gets = calls(&FaultServer::start(script().into()), Operation::Get, pause).await;
    let posts = calls(&FaultServer::start(script().into()), Operation::Create, pause).await;

    let careless = careless_posts(&FaultServer::start(script().into()), pause).await;
    println!("executed without a reply: GET {gets:?}; POST {posts:?}");
    println!("careless: {careless:?}");
    assert_eq!(gets.succeeded, CALLS);
    assert_eq!((posts.duplicated, posts.denied, posts.repeated), (0, 0, 0));
    assert_eq!(posts.executed, CALLS);
    assert!(careless.executed > CALLS, "the control executed nothing twice");
}

/// An HTTP/2 server that refuses the first request as not processed (RFC 9113 section 8.7) and
/// answers the second.
fn refusing_once() -> FaultServer {
    let answer = |stream| http2::reply(stream, "second", HEALTHY_BODY);
    FaultServer::start(Fault::http2(refuse().read_request().execute().send_on_stream(answer)))
}

fn refuse() -> Script {
    const REFUSED_STREAM: u32 = 7;
    Script::received().send_on_stream(|stream| http2::reset(stream, REFUSED_STREAM))
}

/// Returns true if a call was answered over one connection by its second request, which alone was
/// executed.
fn is_retried_once(server: &FaultServer, is_answered: bool) -> bool {
    let counts = server.counts();
    is_answered && (counts.connections, counts.received, counts.executed) == (1, 2, 1)
}

/// A request refused this way is retried, whatever its method.
#[tokio::test]
async fn a_request_refused_over_http2_is_retried_and_executed_once() {
    for operation in Operation::ALL {
        let server = refusing_once();
        let client = builder(&server).build().unwrap();
        let answer = call(&client, operation, Way::Async, RequestOptions::new()).await.unwrap();
        assert_eq!((answer.request_id.as_deref(), answer.attempts), (Some("second"), 2));
        assert!(is_retried_once(&server, true), "{operation:?}: {server:?}");
    }
    // The retries end.
    let server = FaultServer::start(Fault::http2(refuse()));
    let client = builder(&server).build().unwrap();
    let error =
        call(&client, Operation::Create, Way::Async, RequestOptions::new()).await.unwrap_err();
    assert_eq!((error.attempts(), error.may_have_executed()), (9, false));
    println!("always refused: a POST is sent {} times", server.counts().received);
    assert!(server.counts().received <= 9);
    assert_eq!(server.counts().executed, 0);
}

/// Control: reqwest with its own retries off, as in a program with its own loop. For a POST the
/// loop looks only at the status.
#[tokio::test]
async fn a_loop_unaware_of_refusals_loses_the_call() {
    let builder =
        plain_reqwest::trusting(&authority::pem(), &[b"h2"]).retry(reqwest::retry::never());
    let client = builder.build().unwrap();
    let mut lost = 0;
    for method in [Method::POST, Method::PATCH] {
        let server = refusing_once();
        let mut is_answered = false;
        for _ in 0..3 {
            match careless::send(&client, &server, method.clone()).await {
                Ok(reply) if reply.status() == 503 => {}
                Ok(reply) => {
                    is_answered = reply.status() == 200;
                    break;
                }
                Err(_) => break,
            }
        }
        lost += usize::from(!is_retried_once(&server, is_answered));
        // The refusal caused the loss.
        let counts = server.counts();
        assert_eq!((counts.connections, counts.received, counts.executed), (1, 1, 0), "{method}");
    }
    println!("careless: {lost} of 2 refused calls lost");
    assert_eq!(lost, 2);
}

/// Over all faults of the matrix without TLS: a loop that retries every failure gets POSTs executed
/// more than once, and the server's count shows it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_careless_retry_is_detected() {
    let (mut faults, mut duplicated, mut most) = (0, 0, 0);
    for row in faults::all() {
        let server = FaultServer::start(row.fault);
        if server.url().starts_with("https") {
            continue;
        }
        faults += 1;
        careless::send_again(&careless::plain(), &server, Method::POST).await;
        let executed = server.counts().executed;
        duplicated += usize::from(executed > 1);
        most = most.max(executed);
    }
    println!(
        "careless: {duplicated} of {faults} faults have a POST executed more than once, {most} times at most"
    );
    assert!(duplicated > faults / 4, "{duplicated} of {faults}");
    assert_eq!(most, 3);
}
