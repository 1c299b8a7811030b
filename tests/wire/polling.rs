//! Long-running operations, polled on a test clock.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors_client::{Client, Error, ErrorClass, ErrorKind, RequestOptions, api_client};
use serde::Deserialize;
use support::clock::TestClock;
use support::server::{Reply, Server};

use crate::builder;

#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Job {
    status: String,
    #[serde(default)]
    percent: u8,
}

#[derive(Debug, Deserialize)]
struct Operation {
    done: bool,
}

const HOUR: Duration = Duration::from_secs(3600);

#[api_client(prefix = "v1")]
trait Jobs {
    #[get(
        "jobs/<id>",
        poll(every = "2s", timeout = HOUR),
        done(status = "complete"),
        failed(status = "failed", status = "cancelled"),
        failed(fault)
    )]
    async fn get(&self, id: &str) -> Job;

    #[get("operations/<id>", poll, done(done = true))]
    async fn operation(&self, id: &str) -> Operation;

    #[get("plain", poll, none_on = 404)]
    async fn plain(&self) -> Option<Job>;

    #[post("status", idempotent, poll(every = "5s"))]
    async fn status(&self, job: &str) -> Job;
}

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, Client, TestClock) {
    let server = Server::start(replies);
    let clock = TestClock::new();
    let client = builder(&server).clock(clock.clone()).build().unwrap();
    (server, client, clock)
}

fn job(status: &str, percent: u8) -> Reply {
    Reply::json(200, &format!(r#"{{"status": "{status}", "percent": {percent}}}"#))
}

fn seconds(seconds: &[f64]) -> Vec<Duration> {
    seconds.iter().map(|seconds| Duration::from_secs_f64(*seconds)).collect()
}

#[tokio::test]
async fn an_operation_is_polled_until_it_is_done() {
    let (server, client, clock) =
        start([job("queued", 0), job("running", 50), job("complete", 100)]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watched = Arc::clone(&seen);
    let done = JobsClient::new(client)
        .get("j 1")
        .poll()
        .on_progress(move |job| watched.lock().unwrap().push(job.percent))
        .await
        .unwrap();
    assert_eq!(done, Job { status: "complete".to_owned(), percent: 100 });
    assert_eq!(*seen.lock().unwrap(), [0, 50]);
    assert_eq!(clock.waits(), seconds(&[2.0, 2.0]));
    assert!(server.requests().iter().all(|request| request.target == "/v1/jobs/j%201"));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_failed_operation_is_an_error_that_keeps_the_response() {
    for (body, status, message) in [
        (r#"{"status": "failed", "message": "no room"}"#, "failed", ": no room"),
        (r#"{"status": "cancelled"}"#, "cancelled", ": application/json, 23 bytes"),
        (
            r#"{"status": "complete", "fault": {"code": 3}}"#,
            "complete",
            ": application/json, 44 bytes",
        ),
    ] {
        let reply = Reply::json(200, body).header("x-request-id", "r7");
        let (_server, client, _) = start([job("running", 1), reply]);
        let error = JobsClient::new(client).get("j").poll().await.unwrap_err();
        assert_eq!((error.kind(), error.request_id()), (ErrorKind::Api, Some("r7")));
        assert_eq!(error.body_as::<Job>().unwrap().status, status);
        assert_eq!(
            error.to_string(),
            format!("GET v1/jobs/<id>: 200 OK: the operation has failed{message} (request id r7)")
        );
    }
}

#[derive(Debug, PartialEq, ErrorClass)]
enum TasksError {
    #[status(other)]
    Other,
}

#[api_client(error = TasksError)]
trait Tasks {
    #[get("tasks/<id>", poll, done(status = "complete"), failed(status = "failed"))]
    async fn get(&self, id: u8) -> Job;
}

/// `TasksError` covers all error statuses, but the status of this response is a success.
#[tokio::test]
async fn a_failed_operation_with_status_200_has_no_class() {
    let (_server, client, _) = start([job("failed", 1)]);
    let error = TasksClient::new(client).get(7).poll().await.unwrap_err();
    assert_eq!((error.kind(), error.class::<TasksError>()), (ErrorKind::Api, None));
    assert_eq!(
        error.to_string(),
        "GET tasks/<id>: 200 OK: the operation has failed: application/json, 34 bytes"
    );
}

#[tokio::test]
async fn retry_after_sets_the_next_poll() {
    let (_server, client, clock) = start([
        job("running", 1).header("retry-after", "7"),
        job("running", 2).header("retry-after-ms", "250"),
        job("running", 3),
        job("complete", 4),
    ]);
    JobsClient::new(client).get("j").poll().every(Duration::from_secs(3)).await.unwrap();
    assert_eq!(clock.waits(), seconds(&[7.0, 0.25, 3.0]));
}

#[tokio::test]
async fn waits_between_polls_grow_to_30_seconds_by_default() {
    let mut replies = vec![Reply::json(200, r#"{"done": false}"#); 11];
    replies.push(Reply::json(200, r#"{"done": true}"#));
    let (_server, client, clock) = start(replies);
    assert!(OperationsDone::of(JobsClient::new(client).operation("o").poll().await).0);
    assert_eq!(clock.waits()[..4], seconds(&[1.0, 1.5, 2.25, 3.375]));
    assert_eq!(clock.waits()[9..], seconds(&[30.0, 30.0]));
}

struct OperationsDone(bool);

impl OperationsDone {
    fn of(result: Result<Operation, Error>) -> Self {
        Self(result.unwrap().done)
    }
}

#[tokio::test]
async fn the_timeout_of_a_poll_covers_the_whole_operation() {
    let (server, client, clock) = start([job("running", 42)]);
    let polling = JobsClient::new(client).get("j").poll().timeout(Duration::from_secs(7));
    let error = polling.await.unwrap_err();
    assert_eq!(
        (error.kind(), error.is_timeout(), error.may_have_executed()),
        (ErrorKind::Timeout, true, true)
    );
    assert_eq!(error.body_as::<Job>().unwrap().percent, 42);
    assert_eq!(
        error.to_string(),
        "GET v1/jobs/<id>: timed out: the operation was not done within 7s, its last response is kept"
    );
    assert_eq!((server.requests().len(), clock.waits()), (4, seconds(&[2.0, 2.0, 2.0])));

    // The client does not wait if the server asks for more time than is left.
    let (server, client, clock) = start([job("running", 1).header("retry-after", "3601")]);
    let error = JobsClient::new(client).get("j").poll().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.retry_after()),
        (ErrorKind::Timeout, Some(Duration::from_secs(3601)))
    );
    assert_eq!((server.requests().len(), clock.waits().len()), (1, 0));
}

#[tokio::test]
async fn each_poll_is_a_call_with_retries_and_options() {
    let (server, client, clock) = start([
        Reply::json(503, "{}").header("retry-after", "1"),
        job("running", 1),
        Reply::empty(500),
        job("complete", 2),
    ]);
    let options = RequestOptions::new().header("x-a", "b");
    let raw =
        JobsClient::new(client).with_raw_response().get("j").options(options).poll().await.unwrap();
    assert_eq!((raw.data.percent, raw.attempts()), (2, 2));
    assert_eq!(
        (clock.waits()[0], clock.waits()[1]),
        (Duration::from_secs(1), Duration::from_secs(2))
    );
    assert!(server.requests().iter().all(|request| request.header("x-a") == Some("b")));

    let (_server, client, _) =
        start([job("running", 1), Reply::json(404, r#"{"message": "gone"}"#)]);
    let error = JobsClient::new(client).get("j").poll().await.unwrap_err();
    assert!(error.is_not_found());
}

#[tokio::test]
async fn the_caller_can_define_done_and_failed() {
    let (server, client, _) =
        start([Reply::json(404, "{}"), job("running", 60), job("running", 90), job("odd", 0)]);
    let jobs = JobsClient::new(client);
    let done =
        jobs.plain().poll().done_when(|job| job.as_ref().is_some_and(|job| job.percent > 80)).await;
    assert_eq!(done.unwrap().unwrap().percent, 90);
    assert_eq!(server.requests().len(), 3);
    let error = jobs
        .get("j")
        .poll()
        .failed_when(|job| job.status == "odd")
        .done_when(|_| true)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    let error = jobs.status("j").poll().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert_eq!(
        error.to_string(),
        "POST v1/status: the end of the operation is not defined: declare `done(..)`, or call `.done_when(..)`"
    );
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn a_blocking_client_polls() {
    let (server, client, clock) = start([job("running", 1), job("complete", 2)]);
    let jobs = BlockingJobsClient::new(client);
    assert_eq!(jobs.get("j").poll().send().unwrap().percent, 2);
    let raw = jobs.with_raw_response().status("x").poll().done_when(|_| true).send().unwrap();
    assert_eq!((raw.status().as_u16(), raw.data.percent), (200, 2));
    assert_eq!((server.requests().len(), clock.waits()), (3, seconds(&[2.0])));
}

#[tokio::test]
async fn a_poll_can_be_spawned_and_dropped() {
    let (server, client, _) = start([job("complete", 1), Reply::stall()]);
    let jobs = JobsClient::new(client);
    let sent = jobs.get("j").poll().send();
    assert_eq!(tokio::spawn(sent).await.unwrap().unwrap().percent, 1);
    let hanging =
        tokio::time::timeout(Duration::from_millis(50), jobs.get("j").poll().send()).await;
    assert!(hanging.is_err());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_response_can_set_the_pace_of_polling() {
    let replies = || {
        [
            job("a", 1),
            job("b", 9),
            job("a", 3).header("retry-after", "40"),
            job("a", 4),
            job("complete", 5),
        ]
    };
    // After `b` polling slows down. A `Retry-After` applies once.
    let pace = |job: &Job, before: Duration| if job.status == "b" { before * 3 } else { before };
    let (_server, client, clock) = start(replies());
    JobsClient::new(client).get("j").poll().pace(pace).await.unwrap();
    assert_eq!(clock.waits(), seconds(&[2.0, 6.0, 40.0, 6.0]));

    // Without `every`, the wait starts at one second and does not grow by itself.
    let (_server, client, clock) = start(replies());
    let polling = JobsClient::new(client).plain().poll().pace(|_, before| before);
    polling.done_when(|job| job.as_ref().is_some_and(|job| job.percent == 5)).await.unwrap();
    assert_eq!(clock.waits(), seconds(&[1.0, 1.0, 40.0, 1.0]));
}

#[tokio::test]
async fn the_default_timeout_of_a_poll_is_ten_minutes() {
    let (_server, client, clock) = start([Reply::json(200, r#"{"done": false}"#)]);
    let error = JobsClient::new(client).operation("o").poll().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let waited: Duration = clock.waits().iter().sum();
    // The next wait would have been 30 seconds.
    assert!((570..600).contains(&waited.as_secs()), "{waited:?}");
}
