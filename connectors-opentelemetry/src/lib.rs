//! Metrics and trace headers of OpenTelemetry for clients of
//! [`connectors-client`](https://docs.rs/connectors-client).
//!
//! ```no_run
//! use connectors_client::Client;
//! use opentelemetry::global;
//!
//! // The application sets `global::set_meter_provider` and `global::set_text_map_propagator` first.
//! let client = Client::builder("https://api.example.com")
//!     .observer(connectors_opentelemetry::Metrics::new(&global::meter("tickets")))
//!     .attempt_headers(connectors_opentelemetry::trace_headers)
//!     .build()?;
//! # Ok::<(), connectors_client::ConfigError>(())
//! ```
//!
//! The feature `trace-headers` is on by default. It adds the crates futures-sink and thiserror,
//! through the feature `trace` of `opentelemetry`.
//!
//! Spans need nothing of this crate: `connectors-client` makes them with `tracing`, and
//! `tracing-opentelemetry` exports them.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod metrics;
#[cfg(feature = "trace-headers")]
mod trace_headers;

pub use metrics::Metrics;
#[cfg(feature = "trace-headers")]
pub use trace_headers::trace_headers;
