//! Waits that would start a flood of calls.

use std::time::Duration;

use connectors_client::api_client;
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
