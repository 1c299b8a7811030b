//! Metrics in the text format of Prometheus, without a dependency: `cargo run --example metrics`.
//!
//! ```text
//! # TYPE http_client_request_duration_seconds histogram
//! http_client_request_duration_seconds_bucket{method="GET",template="/tickets/{id}",status="200",error="",le="0.1"} 1
//! http_client_request_duration_seconds_bucket{method="GET",template="/tickets/{id}",status="200",error="",le="1"} 2
//! http_client_request_duration_seconds_bucket{method="GET",template="/tickets/{id}",status="200",error="",le="10"} 2
//! http_client_request_duration_seconds_bucket{method="GET",template="/tickets/{id}",status="200",error="",le="+Inf"} 2
//! http_client_request_duration_seconds_sum{method="GET",template="/tickets/{id}",status="200",error=""} 0.3
//! http_client_request_duration_seconds_count{method="GET",template="/tickets/{id}",status="200",error=""} 2
//! http_client_request_duration_seconds_bucket{method="GET",template="/tickets/{id}",status="503",error="503",le="0.1"} 1
//! http_client_request_duration_seconds_bucket{method="GET",template="/tickets/{id}",status="503",error="503",le="1"} 1
//! http_client_request_duration_seconds_bucket{method="GET",template="/tickets/{id}",status="503",error="503",le="10"} 1
//! http_client_request_duration_seconds_bucket{method="GET",template="/tickets/{id}",status="503",error="503",le="+Inf"} 1
//! http_client_request_duration_seconds_sum{method="GET",template="/tickets/{id}",status="503",error="503"} 0.05
//! http_client_request_duration_seconds_count{method="GET",template="/tickets/{id}",status="503",error="503"} 1
//! # TYPE http_client_calls_total counter
//! http_client_calls_total{endpoint="Tickets::get",error=""} 2
//! ```
//!
//! With an SDK of OpenTelemetry, the crate `connectors-opentelemetry` does this.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use connectors_client::{
    AttemptReport, CallReport, Clock, Error, Fake, FakeReply, Observer, SleepFuture, api_client,
};

#[api_client]
trait Tickets {
    #[get("tickets/<id>")]
    async fn get(&self, id: &str) -> String;
}

/// Upper bounds of the buckets, in seconds.
const BOUNDS: [f64; 3] = [0.1, 1.0, 10.0];

#[derive(Default)]
struct Histogram {
    buckets: [u64; BOUNDS.len()],
    sum: f64,
    count: u64,
}

/// Counts in memory. The labels have no value of a call, so there are few of them.
#[derive(Default)]
struct Prometheus {
    durations: Mutex<BTreeMap<String, Histogram>>,
    calls: Mutex<BTreeMap<String, u64>>,
}

impl Observer for Prometheus {
    fn attempt_ended(&self, report: &AttemptReport<'_>) {
        let labels = format!(
            r#"method="{}",template="{}",status="{}",error="{}""#,
            report.known_method().unwrap_or("_OTHER"),
            report.url_template().unwrap_or_default(),
            report.status().map(|status| status.as_u16().to_string()).unwrap_or_default(),
            report.error_type().unwrap_or_default(),
        );
        let seconds = report.duration().as_secs_f64();
        let mut durations = self.durations.lock().unwrap();
        let histogram = durations.entry(labels).or_default();
        for (bucket, bound) in histogram.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(seconds <= bound);
        }
        histogram.sum += seconds;
        histogram.count += 1;
    }

    fn call_ended(&self, report: &CallReport<'_>) {
        let endpoint = report.endpoint();
        let cancelled = report.is_cancelled().then(|| "cancelled".into());
        let error = report.error_type().or(cancelled).unwrap_or_default();
        let labels =
            format!(r#"endpoint="{}::{}",error="{error}""#, endpoint.api(), endpoint.name());
        *self.calls.lock().unwrap().entry(labels).or_default() += 1;
    }
}

impl Prometheus {
    /// Returns the text that a `/metrics` endpoint would serve.
    fn text(&self) -> String {
        let name = "http_client_request_duration_seconds";
        let mut text = format!("# TYPE {name} histogram\n");
        for (labels, histogram) in &*self.durations.lock().unwrap() {
            for (count, bound) in histogram.buckets.iter().zip(BOUNDS) {
                let _ = writeln!(text, r#"{name}_bucket{{{labels},le="{bound}"}} {count}"#);
            }
            let Histogram { sum, count, .. } = histogram;
            let _ = writeln!(text, r#"{name}_bucket{{{labels},le="+Inf"}} {count}"#);
            let _ =
                writeln!(text, "{name}_sum{{{labels}}} {sum}\n{name}_count{{{labels}}} {count}");
        }
        text.push_str("# TYPE http_client_calls_total counter\n");
        for (labels, count) in &*self.calls.lock().unwrap() {
            let _ = writeln!(text, "http_client_calls_total{{{labels}}} {count}");
        }
        text
    }
}

/// A clock that the fake server moves, so that this recipe always prints the same.
#[derive(Clone)]
struct ByHand {
    start: Instant,
    milliseconds: Arc<AtomicU64>,
}

impl Clock for ByHand {
    fn now(&self) -> Instant {
        self.start + Duration::from_millis(self.milliseconds.load(Ordering::Relaxed))
    }

    fn sleep(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::ready(()))
    }

    fn timer(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::pending())
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let clock = ByHand { start: Instant::now(), milliseconds: Arc::default() };
    // A fake stands for the server: it is busy at first, and then slow.
    let (moved, requests) = (Arc::clone(&clock.milliseconds), AtomicU64::new(0));
    let fake = Fake::new().on(TicketsClient::GET, move |_| {
        let index = requests.fetch_add(1, Ordering::Relaxed);
        moved.fetch_add([50, 250, 50][usize::try_from(index).unwrap_or(2)], Ordering::Relaxed);
        FakeReply::json(if index == 0 { 503 } else { 200 }, "a ticket")
    });
    let metrics = Arc::new(Prometheus::default());
    let client = fake.builder().clock(clock).observer(Arc::clone(&metrics)).build()?;
    let tickets = TicketsClient::new(client);

    tickets.get("a-private-id").await?;
    tickets.get("another").await?;
    print!("{}", metrics.text());
    Ok(())
}
