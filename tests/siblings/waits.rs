//! Waits that would start a flood of calls.

use std::time::Duration;

use connectors_client::{Error, Limits, api_client};
use serde::Deserialize;
use support::clock::TestClock;
use support::server::{Recorded, Reply, Server};

#[derive(Debug, Deserialize)]
struct Job {
    done: bool,
}

#[api_client]
trait Jobs {
    #[get("jobs", poll(every = "1ms"), done(done = true))]
    async fn declared(&self) -> Job;

    #[get("jobs", poll, done(done = true))]
    async fn set(&self) -> Job;

    #[get("ops", poll(every = "1ms", link = header("Location")), done(done = true))]
    async fn by_link(&self) -> Job;

    #[get("jobs", poll, done(done = true), limit = "jobs")]
    async fn grouped(&self) -> Job;
}

/// Is done after the third call.
fn start() -> (Server, TestClock, JobsClient) {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::answer(move |_: &Recorded| {
        let count = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let done = count % 3 == 2;
        Reply::json(200, &format!("{{\"done\":{done}}}"))
            .header("Location", "/op")
            .header("Retry-After", if count % 3 == 1 { "0" } else { "" })
    });
    let clock = TestClock::new();
    let builder = support::client(server.url()).env_proxies(false).clock(clock.clone());
    let jobs = JobsClient::new(builder.build().unwrap());
    (server, clock, jobs)
}

#[tokio::test]
async fn no_setting_makes_polling_a_flood() {
    let (_server, clock, jobs) = start();
    let check = |waits: Vec<Duration>| {
        assert_eq!(waits.len(), 2, "{waits:?}");
        assert!(waits.iter().all(|wait| *wait >= Duration::from_millis(10)), "{waits:?}");
    };
    let zero = Duration::ZERO;
    let tiny = Duration::from_nanos(1);
    let polls = [
        jobs.declared().poll(),
        jobs.set().poll().every(zero),
        jobs.set().poll().every(tiny),
        jobs.set().poll().every(zero).pace(move |_, _| zero),
        jobs.set().poll().pace(move |_, _| tiny),
        jobs.by_link().poll(),
        jobs.set().poll().every(zero),
    ];
    for poll in polls {
        let before = clock.waits().len();
        assert!(poll.await.unwrap().done);
        check(clock.waits()[before..].to_vec());
    }
}

fn check_kept(error: &Error, limit: &str) {
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.body_as::<Job>().map(|job| job.done), Some(false), "{error}");
    let texts = format!("{error} {error:#}");
    assert!(texts.contains("the operation was not done within 5s"), "{texts}");
    assert!(!texts.contains(limit), "{texts}");
}

/// A limit of the client may leave no time for the next call.
#[tokio::test]
async fn an_operation_keeps_its_last_response_if_a_limit_leaves_no_time() {
    let pending = || {
        Server::answer(|_: &Recorded| {
            Reply::json(200, r#"{"done":false}"#).header("Location", "/op")
        })
    };
    let (second, limit) = (Duration::from_secs(1), Duration::from_secs(5));
    let rate = Limits::new().rate(1, Duration::from_secs(10));
    for by_link in [false, true] {
        let server = pending();
        let clock = TestClock::new();
        let builder = support::client(server.url()).env_proxies(false).clock(clock.clone());
        let builder = builder.rate(1, Duration::from_secs(10));
        let jobs = JobsClient::new(builder.build().unwrap());
        let poll = if by_link { jobs.by_link().poll() } else { jobs.set().poll() };
        check_kept(&poll.every(second).timeout(limit).await.unwrap_err(), "10s");
        assert_eq!(server.requests().len(), 1);
    }
    let server = pending();
    let builder = support::client(server.url()).env_proxies(false).clock(TestClock::new());
    let jobs = JobsClient::new(builder.limit_group("jobs", rate).build().unwrap());
    check_kept(&jobs.grouped().poll().every(second).timeout(limit).await.unwrap_err(), "10s");
    // Control: a timeout of the call itself that leaves no time is the error of that call.
    let server = pending();
    let builder = support::client(server.url()).env_proxies(false).clock(TestClock::new());
    let builder = builder.rate(1, Duration::from_secs(10)).timeout(Duration::from_secs(2));
    let jobs = JobsClient::new(builder.build().unwrap());
    let error = jobs.set().poll().every(second).timeout(limit).await.unwrap_err();
    assert!(error.to_string().contains("the rate of 1 requests per 10s"), "{error}");
}
