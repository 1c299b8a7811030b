//! The metrics of HTTP clients.

use connectors_client::{AttemptReport, Observer};
use opentelemetry::KeyValue;
use opentelemetry::metrics::{Histogram, Meter};

/// Bucket boundaries of durations, in seconds, as the conventions advise.
const DURATIONS: [f64; 14] =
    [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// Bucket boundaries of sizes, in bytes: powers of 4 from 64 bytes to 16 MiB. The conventions advise
/// none.
const SIZES: [f64; 10] = [
    64.0,
    256.0,
    1024.0,
    4096.0,
    16_384.0,
    65_536.0,
    262_144.0,
    1_048_576.0,
    4_194_304.0,
    16_777_216.0,
];

/// Records the metrics of OpenTelemetry's conventions for HTTP clients, for each attempt and each
/// redirect:
///
/// | metric | unit | |
/// |---|---|---|
/// | `http.client.request.duration` | `s` | from sending the request until the end of the response |
/// | `http.client.request.body.size` | `By` | if it is known before the body is sent |
/// | `http.client.response.body.size` | `By` | not for streams and bodies that were compressed |
///
/// The attributes are `http.request.method`, `server.address`, `server.port`, `url.template`,
/// `http.response.status_code`, `error.type` and `network.protocol.version`. None of them has a
/// value of a call. An attempt that the caller cancels has neither a status nor an `error.type`.
#[derive(Clone, Debug)]
pub struct Metrics {
    duration: Histogram<f64>,
    request_size: Histogram<u64>,
    response_size: Histogram<u64>,
}

impl Metrics {
    /// Creates the instruments of a meter, for example of `opentelemetry::global::meter("tickets")`.
    pub fn new(meter: &Meter) -> Self {
        let size = |name: &'static str, description: &'static str| {
            let size = meter.u64_histogram(name).with_unit("By").with_description(description);
            size.with_boundaries(SIZES.into()).build()
        };
        Self {
            duration: meter
                .f64_histogram("http.client.request.duration")
                .with_unit("s")
                .with_description("Duration of HTTP client requests.")
                .with_boundaries(DURATIONS.into())
                .build(),
            request_size: size(
                "http.client.request.body.size",
                "Size of HTTP client request bodies.",
            ),
            response_size: size(
                "http.client.response.body.size",
                "Size of HTTP client response bodies.",
            ),
        }
    }
}

impl Observer for Metrics {
    fn attempt_ended(&self, report: &AttemptReport<'_>) {
        let attributes = attributes(report);
        self.duration.record(report.duration().as_secs_f64(), &attributes);
        if let Some(bytes) = report.request_body_size() {
            self.request_size.record(bytes, &attributes);
        }
        if let Some(bytes) = report.response_body_size() {
            self.response_size.record(bytes, &attributes);
        }
    }
}

fn attributes(report: &AttemptReport<'_>) -> Vec<KeyValue> {
    let mut attributes = Vec::with_capacity(7);
    attributes.extend([
        KeyValue::new("http.request.method", report.known_method().unwrap_or("_OTHER").to_owned()),
        KeyValue::new("server.address", report.server_address().to_owned()),
        KeyValue::new("server.port", i64::from(report.server_port())),
    ]);
    attributes.extend(report.url_template().map(|it| KeyValue::new("url.template", it.to_owned())));
    let status = report.status().map(|status| i64::from(status.as_u16()));
    attributes.extend(status.map(|it| KeyValue::new("http.response.status_code", it)));
    attributes.extend(report.error_type().map(|it| KeyValue::new("error.type", it.into_owned())));
    let version = report.protocol_version();
    attributes.extend(version.map(|it| KeyValue::new("network.protocol.version", it)));
    attributes
}
