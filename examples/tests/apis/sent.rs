//! Formats a whole request as text, so that it can be compared at once.

use connectors_client::Endpoint;
use support::server::Recorded;

/// Headers that every HTTP client sends. They do not depend on the API.
const OWN: [&str; 4] = ["host", "user-agent", "accept-encoding", "content-length"];

/// Returns the method and target, the headers in alphabetical order, and the body.
///
/// Headers of every request are checked here and left out: `Host`, `User-Agent`, `Accept-Encoding`,
/// and a `Content-Length` that matches the body. A random idempotency key is shown as `<uuid>`.
pub(crate) fn sent(request: &Recorded) -> String {
    let mut headers = Vec::new();
    for (name, value) in &request.headers {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "host" => assert!(value.starts_with("127.0.0.1:"), "{value}"),
            "user-agent" => assert!(value.starts_with("connectors-client/"), "{value}"),
            "accept-encoding" => assert_eq!(value, "gzip"),
            "content-length" => assert_eq!(value.parse(), Ok(request.body.len())),
            "idempotency-key" if is_random_uuid(value) => headers.push(format!("{name}: <uuid>")),
            _ => headers.push(format!("{name}: {value}")),
        }
    }
    for name in ["host", "user-agent", "accept-encoding"] {
        assert_eq!(request.header_count(name), 1, "{name}");
    }
    headers.sort();
    let mut text = format!("{} {}", request.method, request.target);
    for header in headers {
        text.push('\n');
        text.push_str(&header);
    }
    if !request.body.is_empty() {
        text.push_str("\n\n");
        text.push_str(request.text());
    }
    text
}

/// Returns true if the value is a UUID of version 4 (RFC 9562 section 5.4).
fn is_random_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
        && groups[2].starts_with('4')
}

/// Returns the whole request, with a line break at the end if there is no body.
pub(crate) fn whole(request: &Recorded) -> String {
    let text = sent(request);
    if request.body.is_empty() { text + "\n" } else { text }
}

/// Returns the headers that depend on the API, one line each.
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

/// Returns the methods and paths of endpoints in the given order.
pub(crate) fn operations(endpoints: &[&Endpoint]) -> Vec<String> {
    endpoints
        .iter()
        .map(|endpoint| format!("{} {}", endpoint.method(), endpoint.template()))
        .collect()
}
