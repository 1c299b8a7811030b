//! Timeouts that pass within a call of a polled operation, and the shortest wait.

use std::time::Duration;

use connectors_client::{Client, Error, ErrorKind, api_client};
use serde::Deserialize;
use support::clock::TestClock;
use support::server::{Reply, Server};

use crate::builder;

#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Job {
    percent: u8,
    #[serde(default)]
    check_again_in: u64,
}

#[api_client]
trait Jobs {
    #[get("jobs/<id>", poll, done(percent = "100"), idempotent)]
    async fn get(&self, id: u32) -> Job;

    #[post("jobs/<id>", poll(every = "2s", timeout = "300ms"), done(done = true), idempotency_key)]
    async fn resume(&self, id: u32) -> Job;

    #[get("quick", poll(every = "20ms"), done(done = true))]
    async fn quick(&self) -> Job;
}

const LIMIT: Duration = Duration::from_millis(300);

fn job(percent: u8) -> Reply {
    Reply::json(200, &format!(r#"{{"percent": {percent}}}"#))
}

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, Client, TestClock) {
    let server = Server::start(replies);
    let clock = TestClock::new();
    let client = builder(&server).clock(clock.clone()).build().unwrap();
    (server, client, clock)
}

/// Returns a client that really waits between the polls.
fn real(server: &Server) -> Client {
    support::client(server.url()).env_proxies(false).build().unwrap()
}

fn check_kept(error: &Error, limit: &str) {
    assert_eq!((error.kind(), error.status().map(|s| s.as_u16())), (ErrorKind::Timeout, Some(200)));
    assert_eq!(error.body_as::<Job>().unwrap().percent, 42);
    assert!(error.may_have_executed());
    let text = error.to_string();
    let expected = format!("the operation was not done within {limit}, its last response is kept");
    assert!(text.ends_with(&expected), "{text}");
}

#[tokio::test]
async fn a_timeout_within_a_call_keeps_the_last_response() {
    for hanging in [Reply::stall(), job(43).stall_after_head()] {
        let server = Server::start([job(42), hanging]);
        let jobs = JobsClient::new(real(&server));
        let polling = jobs.get(1).poll().every(Duration::from_millis(10)).timeout(LIMIT);
        check_kept(&polling.await.unwrap_err(), "300ms");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_raw_client_keeps_the_last_response_too() {
    let server = Server::start([job(42), Reply::stall()]);
    let jobs = JobsClient::new(real(&server));
    let polling = jobs.with_raw_response().get(1).poll().every(Duration::from_millis(10));
    check_kept(&polling.timeout(LIMIT).await.unwrap_err(), "300ms");
}

#[test]
fn a_blocking_client_keeps_the_last_response_too() {
    let server = Server::start([job(42), Reply::stall()]);
    let jobs = BlockingJobsClient::new(real(&server));
    let polling = jobs.get(1).poll().every(Duration::from_millis(10)).timeout(LIMIT);
    check_kept(&polling.send().unwrap_err(), "300ms");
}

#[tokio::test]
async fn a_timeout_within_a_retry_keeps_the_last_response() {
    let server = Server::start([job(42), Reply::empty(503), Reply::stall()]);
    let retry = connectors_client::RetryPolicy::default().initial_backoff(Duration::from_millis(1));
    let client = support::client(server.url()).env_proxies(false).retry(retry).build().unwrap();
    let polling = JobsClient::new(client).get(1).poll().every(Duration::from_millis(10));
    check_kept(&polling.timeout(LIMIT).await.unwrap_err(), "300ms");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_timeout_within_the_first_call_names_the_timeout_that_was_set() {
    let (_server, client, _) = start([Reply::stall()]);
    let error = JobsClient::new(client.clone()).get(1).poll().timeout(LIMIT).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET jobs/<id>: timed out: the operation was not done within 300ms"
    );
    assert_eq!((error.kind(), error.status(), error.attempts()), (ErrorKind::Timeout, None, 1));
    assert!(error.may_have_executed());

    let error = JobsClient::new(client).resume(1).poll().await.unwrap_err();
    assert!(error.to_string().ends_with("the operation was not done within 300ms"), "{error}");
    assert!(error.idempotency_key().is_some());
}

#[tokio::test]
async fn the_timeout_of_a_single_call_is_still_named_as_such() {
    let (_server, client, _) = start([Reply::stall()]);
    let options = connectors_client::RequestOptions::new().timeout(Duration::from_millis(50));
    let error = JobsClient::new(client).get(1).options(options).poll().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(
        error.to_string().contains("50ms") && !error.to_string().contains("operation"),
        "{error}"
    );
}

#[tokio::test]
async fn a_retry_after_of_zero_keeps_the_shortest_wait() {
    for header in ["0", "Thu, 01 Jan 1970 00:00:00 GMT"] {
        let (server, client, clock) = start([job(1).header("retry-after", header)]);
        let polling = JobsClient::new(client).get(1).poll().timeout(Duration::from_secs(10));
        assert_eq!(polling.await.unwrap_err().kind(), ErrorKind::Timeout);
        assert_eq!(clock.waits(), [Duration::from_secs(1); 9], "{header}");
        assert_eq!(server.requests().len(), 10);
    }
    // A shorter wait that the caller declares is the shortest one.
    let (_server, client, clock) = start([job(1).header("retry-after", "0")]);
    JobsClient::new(client).quick().poll().timeout(Duration::from_secs(1)).await.unwrap_err();
    assert!(
        clock.waits().iter().all(|wait| *wait == Duration::from_millis(20)),
        "{:?}",
        clock.waits()
    );
}

#[tokio::test]
async fn a_pace_of_zero_becomes_the_shortest_wait() {
    let (_server, client, clock) = start([job(1)]);
    let polling = JobsClient::new(client).get(1).poll().timeout(Duration::from_secs(5));
    let pace = |job: &Job, _| Duration::from_secs(job.check_again_in);
    polling.pace(pace).await.unwrap_err();
    assert!(
        clock.waits().iter().all(|wait| *wait == Duration::from_secs(1)),
        "{:?}",
        clock.waits()
    );
}
