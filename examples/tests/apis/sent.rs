//! A whole request as text, to be compared in one piece.

use support::server::Recorded;

/// The method and target, the headers in the order of their names, and the body.
///
/// What each request has is checked here and left out: `Host`, `User-Agent`, `Accept-Encoding`, and a `Content-Length` that is
/// the body's. An idempotency key is shown as `<uuid>` if it is a random one.
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

/// Whether it is a UUID of version 4 (RFC 9562 section 5.4).
fn is_random_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
        && groups[2].starts_with('4')
}
