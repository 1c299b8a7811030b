//! Functions of the caller's that block, in a polled operation or a fake, do not hold up other
//! blocking calls.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use connectors_client::{Client, Error, Fake, FakeReply, RequestOptions, Text, api_client};
use support::server::{Reply, Server};

use crate::blocking::{LIMIT, block, other_calls_end};

#[api_client]
trait Jobs {
    #[get("jobs", poll(every = "1ms"))]
    async fn job(&self) -> Text;

    #[get("plain")]
    async fn plain(&self) -> Text;
}

/// Returns true from the second response on.
fn second() -> impl Fn(&Text) -> bool + Send + 'static {
    let seen = AtomicUsize::new(0);
    move |_| seen.fetch_add(1, Ordering::SeqCst) > 0
}

type Call = fn(&BlockingJobsClient, mpsc::Sender<()>) -> Result<Text, Error>;

/// Every function that a polled operation calls, each of which blocks.
const CALLS: [(&str, Call); 5] = [
    ("done_when", |jobs, began| {
        let is_done = move |_: &Text| {
            block(&began);
            true
        };
        jobs.job().poll().done_when(is_done).send()
    }),
    ("failed_when", |jobs, began| {
        let has_failed = move |_: &Text| {
            block(&began);
            false
        };
        jobs.job().poll().failed_when(has_failed).done_when(|_| true).send()
    }),
    ("on_progress", |jobs, began| {
        jobs.job().poll().done_when(second()).on_progress(move |_| block(&began)).send()
    }),
    ("pace", |jobs, began| {
        let pace = move |_: &Text, _| {
            block(&began);
            Duration::from_millis(1)
        };
        jobs.job().poll().done_when(second()).pace(pace).send()
    }),
    ("download progress", |jobs, began| {
        jobs.plain().options(RequestOptions::new().on_download(move |_| block(&began))).send()
    }),
];

#[test]
fn blocking_functions_of_polls_do_not_hold_up_other_calls() {
    let server = Server::answer(|_| Reply::text(200, "text/plain", "ok"));
    let build = || {
        let builder = Client::builder(server.url()).env_proxies(false);
        BlockingJobsClient::new(builder.build().unwrap())
    };
    let (jobs, other) = (&build(), build());
    let (sender, began) = mpsc::channel();
    thread::scope(|scope| {
        let calls = CALLS.map(|(name, call)| {
            let sender = sender.clone();
            (name, scope.spawn(move || call(jobs, sender)))
        });
        for _ in 0..CALLS.len() {
            began.recv().unwrap();
        }
        assert!(other_calls_end(|| {
            let got = other.plain().options(RequestOptions::new().timeout(LIMIT)).send();
            got.unwrap().as_str() == "ok"
        }));
        for (name, call) in calls {
            assert_eq!(call.join().unwrap().unwrap().as_str(), "ok", "{name}");
        }
    });
}

#[test]
fn a_fake_that_blocks_does_not_hold_up_other_calls() {
    let (sender, began) = mpsc::channel();
    let fake = Fake::new()
        .on(JobsClient::JOB, move |_| {
            block(&sender);
            FakeReply::new(200, "ok")
        })
        .on(JobsClient::PLAIN, |_| FakeReply::new(200, "ok"));
    let jobs = &BlockingJobsClient::new(fake.client());
    thread::scope(|scope| {
        let call = scope.spawn(|| jobs.job().send());
        began.recv().unwrap();
        assert!(other_calls_end(|| {
            let got = jobs.plain().options(RequestOptions::new().timeout(LIMIT)).send();
            got.unwrap().as_str() == "ok"
        }));
        assert_eq!(call.join().unwrap().unwrap().as_str(), "ok");
    });
}
