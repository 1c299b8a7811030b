//! Tests of delays, timeouts and retries that take no time: `cargo run --example paused_time`.
//!
//! ```text
//! a slow server: timed out after 3 attempts
//! a slow stream: 1, then timed out
//! a bad network: 50 of 50 calls succeed, 66 attempts
//! a busy server: 2 attempts, waits [7s]
//! paused time: gave up after 5s
//! ```

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use connectors_client::{Client, EventStream, Fake, FakeReply, TestClock, Text, api_client};
use connectors_examples::serve;

const SECOND: Duration = Duration::from_secs(1);

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[api_client]
trait Weather {
    #[get("now", attempt_timeout = "10s")]
    async fn now(&self) -> Text;

    #[get("changes", idle_timeout = "30s")]
    async fn changes(&self) -> EventStream<u32>;
}

#[tokio::main]
async fn main() -> Result<()> {
    slow_server().await;
    slow_stream().await?;
    bad_network().await?;
    busy_server().await?;
    tokio::task::spawn_blocking(paused_time).await??;
    Ok(())
}

/// The time of a fake passes at once. A timeout that is shorter than a delay expires.
async fn slow_server() {
    let fake = Fake::new().on(WeatherClient::NOW, |_| FakeReply::new(200, "").delay(11 * SECOND));
    if let Err(error) = WeatherClient::new(fake.client()).now().await {
        let what = if error.is_timeout() { "timed out" } else { "failed" };
        println!("a slow server: {what} after {} attempts", error.attempts());
    }
}

/// A stream arrives in chunks, with a pause before each but the first.
async fn slow_stream() -> Result<()> {
    let fake = Fake::new().on(WeatherClient::CHANGES, |_| {
        FakeReply::chunks(200, ["data: 1\n\nda", "ta: 2\n\n"])
            .header("content-type", "text/event-stream")
            .pause(40 * SECOND)
    });
    let mut changes = WeatherClient::new(fake.client()).changes().await?;
    while let Some(change) = changes.next().await {
        match change {
            Ok(change) => print!("a slow stream: {change}, "),
            Err(error) if error.is_timeout() => println!("then timed out"),
            Err(error) => println!("then {error}"),
        }
    }
    Ok(())
}

/// A fifth of the requests fail. The seed makes them the same ones in each run.
async fn bad_network() -> Result<()> {
    let fake = Fake::new().on(WeatherClient::NOW, |_| FakeReply::new(200, "sun")).faults(0.2, 7);
    let weather = WeatherClient::new(fake.builder().max_retries(9).build()?);
    let mut good = 0;
    for _ in 0..50 {
        good += u32::from(weather.now().await.is_ok());
    }
    let attempts = fake.requests().len();
    println!("a bad network: {good} of 50 calls succeed, {attempts} attempts");
    Ok(())
}

/// With a real server, a `TestClock` records the waits instead of waiting.
async fn busy_server() -> Result<()> {
    static IS_BUSY: AtomicBool = AtomicBool::new(true);
    let now = || async {
        match IS_BUSY.swap(false, Ordering::Relaxed) {
            true => (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "7")], ""),
            false => (StatusCode::OK, [("cache-control", "no-store")], "sun"),
        }
    };
    let clock = TestClock::new();
    let url = serve(Router::new().route("/now", get(now))).await?;
    let client = Client::builder(url).clock(clock.clone()).build()?;
    let response = WeatherClient::new(client).with_raw_response().now().await?;
    println!("a busy server: {} attempts, waits {:?}", response.attempts(), clock.waits());
    Ok(())
}

/// If the code under test waits by Tokio, pause Tokio's time and let the fake use it. In a test
/// this is `#[tokio::test(start_paused = true)]`.
fn paused_time() -> std::io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build()?;
    runtime.block_on(async {
        let late = || FakeReply::new(200, "").delay(8 * SECOND);
        let fake = Fake::new().on(WeatherClient::NOW, move |_| late()).tokio_clock();
        let weather = WeatherClient::new(fake.client());
        let started = tokio::time::Instant::now();
        if tokio::time::timeout(5 * SECOND, async { weather.now().await }).await.is_err() {
            println!("paused time: gave up after {:?}", started.elapsed());
        }
    });
    Ok(())
}
