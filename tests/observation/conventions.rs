//! The tables of OpenTelemetry's conventions for HTTP clients (stable, version 1.43), and a check of
//! spans against them.

use support::recorder::RecordedSpan;

/// When an attribute has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Required,
    /// Required under a condition, which the check knows by the name.
    Conditional,
    Recommended,
    OptIn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Integer,
}

use Level::{Conditional, OptIn, Recommended, Required};
use Type::{Integer, Text};

/// The attributes of the span of an HTTP client, in the order of the conventions.
pub(crate) const CLIENT_SPAN: &[(&str, Level, Type)] = &[
    ("http.request.method", Required, Text),
    ("server.address", Required, Text),
    ("server.port", Required, Integer),
    ("url.full", Required, Text),
    ("error.type", Conditional, Text),
    ("http.request.method_original", Conditional, Text),
    ("http.response.status_code", Conditional, Integer),
    ("network.protocol.name", Conditional, Text),
    ("http.request.resend_count", Recommended, Integer),
    ("network.peer.address", Recommended, Text),
    ("network.peer.port", Recommended, Integer),
    ("network.protocol.version", Recommended, Text),
    ("http.request.body.size", OptIn, Integer),
    ("http.request.size", OptIn, Integer),
    ("http.response.body.size", OptIn, Integer),
    ("http.response.size", OptIn, Integer),
    ("network.transport", OptIn, Text),
    ("url.scheme", OptIn, Text),
    ("url.template", OptIn, Text),
    ("user_agent.original", OptIn, Text),
];

/// Fields that tell the exporter of tracing about the span itself.
const OF_THE_EXPORTER: [&str; 3] = ["otel.name", "otel.kind", "otel.status_code"];

/// Methods that the conventions know: RFC 9110, PATCH of RFC 5789, and QUERY.
const METHODS: [&str; 10] =
    ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"];

/// The facts of a request that the check compares with its span.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    /// The method on the wire, and true if a trait declares it.
    pub(crate) method: &'static str,
    pub(crate) template: Option<&'static str>,
    pub(crate) status: Option<u16>,
    pub(crate) error_type: Option<String>,
    /// Number of requests of the call before this one.
    pub(crate) before: u32,
}

/// Returns each difference between a span and the conventions.
pub(crate) fn differences(span: &RecordedSpan, sent: &Sent) -> Vec<String> {
    let mut found = Vec::new();
    let field = |name: &str| span.fields.get(name).map(String::as_str);
    for (name, level, kind) in CLIENT_SPAN {
        match field(name) {
            None if *level == Required => found.push(format!("`{name}` is missing")),
            Some("") => found.push(format!("`{name}` is empty")),
            Some(text) if *kind == Integer && text.parse::<i64>().is_err() => {
                found.push(format!("`{name}` is not a number: {text}"));
            }
            _ => {}
        }
    }
    let is_listed = |name: &&str| {
        OF_THE_EXPORTER.contains(name) || CLIENT_SPAN.iter().any(|(listed, ..)| listed == name)
    };
    found.extend(
        span.fields
            .keys()
            .filter(|name| !is_listed(name))
            .map(|name| format!("`{name}` is not listed")),
    );
    let mut same = |name: &str, expected: Option<&str>| {
        if field(name) != expected {
            found.push(format!("`{name}` is {:?}, not {expected:?}", field(name)));
        }
    };
    let is_known = METHODS.contains(&sent.method);
    same("http.request.method", Some(if is_known { sent.method } else { "_OTHER" }));
    same("http.request.method_original", (!is_known).then_some(sent.method));
    same("http.response.status_code", sent.status.map(|status| status.to_string()).as_deref());
    same("error.type", sent.error_type.as_deref());
    same("otel.status_code", sent.error_type.as_ref().map(|_| "ERROR"));
    same("otel.kind", Some("client"));
    let resent = (sent.before > 0).then(|| sent.before.to_string());
    same("http.request.resend_count", resent.as_deref());
    same("url.template", sent.template);
    let method = if is_known { sent.method } else { "HTTP" };
    let name = sent.template.map_or(method.to_owned(), |template| format!("{method} {template}"));
    same("otel.name", Some(&name));
    if field("network.protocol.version").is_some() != sent.status.is_some() {
        found.push("`network.protocol.version` does not go with the status".to_owned());
    }
    if field("url.full").is_some_and(|url| url.contains('@') || !url.contains("://")) {
        found.push("`url.full` has credentials or is not absolute".to_owned());
    }
    found
}
