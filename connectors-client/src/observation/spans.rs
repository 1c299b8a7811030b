//! Spans and events of `tracing`.
//!
//! A span is the attempt's own: it follows OpenTelemetry's conventions for HTTP clients. Events
//! belong to the caller's span, so that a line shows the context of the caller.

use std::fmt;
use std::time::Duration;

use http::{StatusCode, Version};
use tracing::dispatcher::{self, Dispatch};
use tracing::field::Empty;
use tracing::level_filters::LevelFilter;
use tracing::{Level, Span};

use super::observer::version_text;
use super::{CallFacts, RequestFacts};
use crate::error::Error;

const TARGET: &str = "connectors_client";

/// Returns true if a subscriber may want spans or events. Without one it costs a load.
#[inline]
pub(super) fn are_enabled() -> bool {
    LevelFilter::current() >= LevelFilter::INFO
        && (tracing::enabled!(target: TARGET, Level::INFO)
            || tracing::enabled!(target: TARGET, Level::DEBUG)
            || tracing::enabled!(target: TARGET, Level::TRACE))
}

/// The span of a request.
#[derive(Clone)]
pub(super) struct RequestSpan(Span);

impl RequestSpan {
    pub(super) fn begin(facts: &RequestFacts) -> Self {
        let name = SpanName(facts);
        let method = if facts.has_known_method { facts.method.as_str() } else { "_OTHER" };
        let original = (!facts.has_known_method).then(|| facts.method.as_str());
        let resent = (facts.resend_count > 0).then_some(i64::from(facts.resend_count));
        Self(tracing::info_span!(
            target: TARGET,
            "HTTP request",
            "otel.name" = %name,
            "otel.kind" = "client",
            "otel.status_code" = Empty,
            "http.request.method" = method,
            "http.request.method_original" = original,
            "http.request.resend_count" = resent,
            "http.response.status_code" = Empty,
            "server.address" = facts.server_address.as_str(),
            "server.port" = i64::from(facts.server_port),
            "url.full" = facts.url.as_str(),
            "url.template" = facts.url_template.as_deref(),
            "error.type" = Empty,
            "network.protocol.version" = Empty,
        ))
    }

    pub(super) fn head(&self, status: StatusCode, version: Version) {
        self.0.record("http.response.status_code", i64::from(status.as_u16()));
        if let Some(version) = version_text(version) {
            self.0.record("network.protocol.version", version);
        }
    }

    pub(super) fn failed(&self, error_type: &str) {
        self.0.record("otel.status_code", "ERROR");
        self.0.record("error.type", error_type);
    }

    /// Marks the end. Exporters take the last exit of a span for its end, and the span is entered
    /// only while its request is sent.
    pub(super) fn end(&self) {
        self.0.in_scope(|| ());
    }

    pub(super) fn in_scope<T>(&self, work: impl FnOnce() -> T) -> T {
        self.0.in_scope(work)
    }
}

/// The name of a span: the method and the template.
struct SpanName<'a>(&'a RequestFacts);

impl fmt::Display for SpanName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = self.0;
        f.write_str(if facts.has_known_method { facts.method.as_str() } else { "HTTP" })?;
        facts.url_template.as_ref().map_or(Ok(()), |template| write!(f, " {template}"))
    }
}

/// The event of a call that has ended.
pub(super) fn call_ended(facts: &CallFacts<'_>, outcome: &dyn fmt::Display) {
    tracing::debug!(
        target: TARGET,
        endpoint = %facts.endpoint_name(),
        attempts = facts.attempts,
        elapsed = ?rounded(facts.elapsed),
        "error.type" = facts.error_type,
        "{facts}: {outcome}"
    );
}

/// The event of a retry, before its wait.
pub(super) fn retry(facts: &CallFacts<'_>, outcome: &dyn fmt::Display, wait: Duration, why: &str) {
    tracing::debug!(
        target: TARGET,
        endpoint = %facts.endpoint_name(),
        attempt = facts.attempts,
        "error.type" = facts.error_type,
        wait = ?rounded(wait),
        "{facts}: {outcome}, retried because {why}"
    );
}

/// The event of a wait for the limits of the client.
pub(super) fn waited(facts: &CallFacts<'_>, wait: Duration) {
    tracing::debug!(
        target: TARGET,
        endpoint = %facts.endpoint_name(),
        wait = ?rounded(wait),
        "{facts}: waited for the limits of the client"
    );
}

/// The event of a redirect that is followed.
pub(super) fn redirected(facts: &CallFacts<'_>, status: StatusCode) {
    tracing::debug!(
        target: TARGET,
        endpoint = %facts.endpoint_name(),
        attempt = facts.attempts,
        "{facts}: {status}, redirect followed"
    );
}

/// The whole text of an error, which has the server's own words.
pub(super) fn words(facts: &CallFacts<'_>, error: &Error) {
    tracing::trace!(target: TARGET, endpoint = %facts.endpoint_name(), "{facts}: {error}");
}

/// The event of a stream that has ended.
pub(super) fn stream_ended(
    facts: &CallFacts<'_>,
    outcome: &dyn fmt::Display,
    (chunks, bytes): (u64, u64),
) {
    tracing::debug!(
        target: TARGET,
        endpoint = %facts.endpoint_name(),
        chunks,
        bytes,
        elapsed = ?rounded(facts.elapsed),
        "error.type" = facts.error_type,
        "{facts}: stream ended: {outcome}"
    );
}

/// Cuts off what a person does not read.
fn rounded(duration: Duration) -> Duration {
    let micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
    Duration::from_micros(if micros >= 100_000 { micros / 1000 * 1000 } else { micros })
}

/// The subscriber and the span of a thread.
pub(crate) struct Caller(Dispatch, Span);

impl Caller {
    /// Returns those of this thread, if a subscriber may want spans or events.
    pub(crate) fn current() -> Option<Self> {
        are_enabled().then(|| Self(dispatcher::get_default(Dispatch::clone), Span::current()))
    }

    /// Runs work of another thread as if it were in this one's span.
    pub(crate) fn run<T>(&self, work: impl FnOnce() -> T) -> T {
        dispatcher::with_default(&self.0, || self.1.in_scope(work))
    }
}
