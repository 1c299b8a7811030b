//! Fakes with delays, failures at random, and streams in chunks.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use connectors_client::{
    ErrorKind, EventStream, Fake, FakeReply, HttpResponse, Polling, RetryPolicy, TestClock, Text,
    api_client,
};
use futures_util::TryStreamExt as _;
use serde_json::Value;

#[api_client]
trait Api {
    #[get("things", attempt_timeout = "30s")]
    async fn get(&self) -> Text;

    #[post("things")]
    async fn post(&self) -> Text;

    #[get("events")]
    async fn events(&self) -> EventStream<u32>;

    #[get("jobs", poll(every = "10s", timeout = "60s"), done(done = true))]
    async fn job(&self) -> Value;
}

const SECOND: Duration = Duration::from_secs(1);

fn after(seconds: u32) -> Fake {
    Fake::new().otherwise(move |_| FakeReply::new(200, "ok").delay(SECOND * seconds))
}

/// Returns the result of a call and its number of attempts. It takes no time.
async fn at_once(fake: &Fake) -> Result<u32, (ErrorKind, u32)> {
    let real = Instant::now();
    let result = ApiClient::new(fake.client()).with_raw_response().get().await;
    assert!(real.elapsed() < SECOND * 5, "{:?}", real.elapsed());
    match result {
        Ok(response) => Ok(response.attempts()),
        Err(error) => Err((error.kind(), error.attempts())),
    }
}

#[tokio::test]
async fn a_delay_takes_no_time_but_timeouts_see_it() {
    assert_eq!(at_once(&after(29)).await, Ok(1));
    assert_eq!(at_once(&after(31)).await, Err((ErrorKind::Timeout, 3)));
}

#[test]
fn a_blocking_call_sees_delays_too() {
    let call = |fake: &Fake| BlockingApiClient::new(fake.client()).get().send().map(|_| ());
    call(&after(29)).unwrap();
    assert!(call(&after(31)).unwrap_err().is_timeout());
}

/// The control: without a delay no time passes, so no timeout expires.
#[tokio::test]
async fn no_timeout_expires_without_a_delay() {
    let clock = Fake::new().otherwise(|_| FakeReply::new(200, "ok"));
    let client = clock.builder().attempt_timeout(Duration::from_nanos(1)).build().unwrap();
    for _ in 0..100 {
        ApiClient::new(client.clone()).post().await.unwrap();
    }
}

/// Calls that run at the same time share one time: each ends after its own delay.
#[tokio::test]
async fn concurrent_delays_end_in_their_order() {
    let fake = Fake::new().otherwise(|request| {
        let delay: u32 = request.headers()["delay"].to_str().unwrap().parse().unwrap();
        FakeReply::new(200, "ok").delay(SECOND * delay)
    });
    let client = fake.builder().attempt_timeout(SECOND * 15).max_retries(0).build().unwrap();
    let (ended, mut order) = tokio::sync::mpsc::unbounded_channel();
    let calls = [20_u32, 5, 10, 1].map(|delay| {
        let (api, ended) = (ApiClient::new(client.clone()), ended.clone());
        tokio::spawn(async move {
            let options =
                connectors_client::RequestOptions::new().header("delay", delay.to_string());
            let result = api.post().options(options).await;
            ended.send((delay, result.is_ok())).unwrap();
        })
    });
    futures_util::future::join_all(calls).await;
    drop(ended);
    let mut seen = Vec::new();
    while let Some(end) = order.recv().await {
        seen.push(end);
    }
    // The timeout of 15 s comes before the delay of 20 s.
    assert_eq!(seen, [(1, true), (5, true), (10, true), (20, false)]);
}

#[tokio::test]
async fn the_wait_before_a_retry_counts_for_the_timeout_of_the_call() {
    let busy = Fake::new().otherwise(|_| FakeReply::new(503, "").header("retry-after", "20"));
    let client = busy.builder().max_retries(9).timeout(SECOND * 70).build().unwrap();
    let error = ApiClient::new(client).get().await.unwrap_err();
    assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (4, 503));
}

#[tokio::test]
async fn polling_ends_by_its_timeout() {
    let fake = Fake::new().otherwise(|_| FakeReply::json(200, serde_json::json!({"done": false})));
    let polling: Polling<_, Value> = ApiClient::new(fake.client()).job().poll();
    assert!(polling.await.unwrap_err().is_timeout());
    assert_eq!(fake.requests().len(), 6);
}

/// Tokio's paused time is that of the code under test.
#[tokio::test(start_paused = true)]
async fn delays_pass_on_a_clock_of_the_test() {
    let started = tokio::time::Instant::now();
    let fake = after(20).tokio_clock();
    let slow = async { ApiClient::new(fake.client()).get().await.unwrap() };
    let other = tokio::time::timeout(SECOND * 10, slow);
    other.await.unwrap_err();
    assert_eq!(started.elapsed(), SECOND * 10);
    ApiClient::new(fake.client()).get().await.unwrap();
    assert_eq!(started.elapsed(), SECOND * 30);

    let clock = TestClock::new();
    let fake = after(20).clock(clock.clone());
    ApiClient::new(fake.client()).get().await.unwrap();
    assert_eq!(clock.waits(), [SECOND * 20]);
}

fn events() -> FakeReply {
    FakeReply::chunks(200, ["data: 1\n\nda", "ta: 2\n", "\ndata: 3\n\n"])
        .header("content-type", "text/event-stream")
}

async fn read(
    reply: impl Fn() -> FakeReply + Send + Sync + 'static,
) -> (Vec<u32>, Option<ErrorKind>) {
    let fake = Fake::new().otherwise(move |_| reply());
    let mut events = ApiClient::new(fake.client()).events().await.unwrap();
    let mut items = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(item) => items.push(item),
            Err(error) => return (items, Some(error.kind())),
        }
    }
    (items, None)
}

#[tokio::test]
async fn streams_arrive_in_chunks_with_pauses() {
    assert_eq!(read(events).await, (vec![1, 2, 3], None));
    assert_eq!(read(|| events().pause(SECOND * 29)).await, (vec![1, 2, 3], None));
    // The idle timeout is 30 s.
    let late = read(|| events().pause(SECOND * 31)).await;
    assert_eq!(late, (vec![1], Some(ErrorKind::Timeout)));
    let broken = read(|| events().break_off(ErrorKind::Interrupted)).await;
    assert_eq!(broken, (vec![1, 2, 3], Some(ErrorKind::Interrupted)));
}

#[tokio::test]
async fn the_chunks_of_a_stream_are_as_they_were_given() {
    let fake = Fake::new().otherwise(|_| events());
    let bytes: connectors_client::ByteStream =
        fake.client().send(http::Request::get("/x").body("").unwrap()).await.unwrap();
    let chunks: Vec<bytes::Bytes> = bytes.try_collect().await.unwrap();
    assert_eq!(chunks, ["data: 1\n\nda", "ta: 2\n", "\ndata: 3\n\n"]);
}

/// Makes this many calls without retries. Returns their results, one letter each.
async fn results(rate: f64, seed: u64, count: usize) -> String {
    let fake = Fake::new().otherwise(|_| FakeReply::new(200, "ok")).faults(rate, seed);
    let client = fake.builder().max_retries(0).build().unwrap();
    let mut letters = String::new();
    for _ in 0..count {
        letters.push(match ApiClient::new(client.clone()).get().await {
            Ok(_) => '.',
            Err(error) => match error.kind() {
                ErrorKind::Api => 's',
                ErrorKind::Connect => 'c',
                ErrorKind::Interrupted => 'i',
                other => panic!("{other:?}"),
            },
        });
    }
    letters
}

#[tokio::test]
async fn faults_have_their_rate_and_repeat_with_their_seed() {
    let once = results(0.2, 7, 3000).await;
    assert_eq!(results(0.2, 7, 3000).await, once);
    assert_ne!(results(0.2, 8, 3000).await, once);
    let mut counts = BTreeMap::new();
    once.chars().for_each(|letter| *counts.entry(letter).or_insert(0) += 1);
    println!("{counts:?}");
    assert!((2300..2500).contains(&counts[&'.']), "{counts:?}");
    for kind in ['s', 'c', 'i'] {
        assert!((150..250).contains(&counts[&kind]), "{counts:?}");
    }
    assert!(results(0.0, 7, 100).await.chars().all(|letter| letter == '.'));
    assert!(results(1.0, 7, 100).await.chars().all(|letter| letter != '.'));
    assert!(results(f64::NAN, 7, 100).await.chars().all(|letter| letter == '.'));
}

/// Retries hide faults, which is what they are for.
#[tokio::test]
async fn a_client_with_retries_survives_faults() {
    let fake = Fake::new().otherwise(|_| FakeReply::new(200, "ok")).faults(0.1, 1);
    let client = fake.builder().retry(RetryPolicy::default().max_retries(5)).build().unwrap();
    let mut attempts = 0;
    for _ in 0..100 {
        let response: HttpResponse<Text> =
            ApiClient::new(client.clone()).with_raw_response().get().await.unwrap();
        attempts += response.attempts();
    }
    assert!(attempts > 100, "{attempts}");
}
