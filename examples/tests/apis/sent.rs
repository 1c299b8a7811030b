//! What was sent, as one text that a test can compare.

use connectors_client::Endpoint;
use support::server::Recorded;

/// Headers that each HTTP client sends for itself. They say nothing about the API.
const OWN: [&str; 4] = ["host", "user-agent", "accept-encoding", "content-length"];

/// The method and target, then the headers in alphabetical order, then after an empty line the body, if there is one. The
/// length that was declared must be that of the body.
pub(crate) fn whole(request: &Recorded) -> String {
    if let Some(length) = request.header("content-length") {
        assert_eq!(length, request.body.len().to_string());
    }
    let mut text = format!("{} {}\n{}", request.method, request.target, headers(request));
    if !request.body.is_empty() {
        text.extend(["\n", request.text()]);
    }
    text
}

/// The headers that are about the API, a line for each.
pub(crate) fn headers(request: &Recorded) -> String {
    let mut lines: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(|(name, _)| !OWN.contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect();
    lines.sort();
    lines.concat()
}

/// The methods and paths of endpoints, in the order in which they are given.
pub(crate) fn operations(endpoints: &[&Endpoint]) -> Vec<String> {
    endpoints.iter().map(|endpoint| format!("{} {}", endpoint.method(), endpoint.template())).collect()
}
