//! Logs of calls by `tracing`: `cargo run --example tracing`.
//!
//! ```text
//! DEBUG connectors_client: GET http://localhost/tickets/{id}: 503 Service Unavailable, retried because the call is idempotent endpoint=Tickets::get attempt=1 error.type="503" wait=2s
//! DEBUG connectors_client: GET http://localhost/tickets/{id}: 200 OK endpoint=Tickets::get attempts=2 elapsed=2s
//! DEBUG request{user=7}: connectors_client: POST http://localhost/tickets?notify=REDACTED: 422 Unprocessable Entity endpoint=Tickets::create attempts=1 elapsed=0ns error.type="422"
//! ```
//!
//! `RUST_LOG=connectors_client=trace` also shows the server's own words, and `info` only the spans,
//! one for each request, which tracing-opentelemetry exports.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use connectors_client::{Attempt, Clock, Error, Fake, FakeReply, SleepFuture, api_client};
use tracing::Instrument as _;
use tracing_subscriber::EnvFilter;

#[api_client]
trait Tickets {
    #[get("tickets/<id>")]
    async fn get(&self, id: &str) -> String;

    #[post("tickets?<notify>")]
    async fn create(&self, title: &str, notify: Option<&str>) -> String;
}

/// A clock on which only waits take time, so that this recipe always prints the same.
#[derive(Clone)]
struct OnlyWaits(Arc<Mutex<Instant>>);

impl Clock for OnlyWaits {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        let clock = self.clone();
        Box::pin(async move { *clock.0.lock().unwrap() += duration })
    }

    fn timer(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::pending())
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,connectors_client=debug"));
    tracing_subscriber::fmt().with_env_filter(filter).without_time().with_ansi(false).init();

    // A fake stands for the server, which is busy at first.
    let fake = Fake::new().on(TicketsClient::GET, |request| {
        match request.extensions().get::<Attempt>().map(|attempt| attempt.number()) {
            Some(1) => FakeReply::json(503, "busy").header("retry-after", "2"),
            _ => FakeReply::json(200, "a ticket"),
        }
    });
    let fake = fake.on(TicketsClient::CREATE, |_| FakeReply::json(422, "no title"));
    let clock = OnlyWaits(Arc::new(Mutex::new(Instant::now())));
    let tickets = TicketsClient::new(fake.builder().clock(clock).build()?);

    tickets.get("a-private-id").await?;
    // A line shows the spans of the caller.
    let call = tickets.create("").notify("ada@example.com").send();
    let _ = call.instrument(tracing::info_span!("request", user = 7)).await;
    Ok(())
}
