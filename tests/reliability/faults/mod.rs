//! Faults of the matrix, grouped by topic.

mod bodies;
mod encodings;
mod endings;
mod framing;
mod heads;
mod http2;
mod statuses;
mod tls;

use std::time::Duration;

use support::fault_server::HEALTHY_BODY;

use crate::row::{FAULT_ID, Row};

/// Pause between two chunks of a dripping response, which takes far longer than any timeout.
const PAUSE: Duration = Duration::from_millis(40);

/// Returns all faults.
pub(crate) fn all() -> Vec<Row> {
    [
        endings::rows(),
        heads::rows(),
        statuses::rows(),
        framing::rows(),
        encodings::rows(),
        bodies::rows(),
        tls::rows(),
        http2::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Status line and headers of a response, with the request id.
fn head(status: &str, headers: &[&str]) -> Vec<u8> {
    let mut lines = vec![format!("HTTP/1.1 {status}"), format!("x-request-id: {FAULT_ID}")];
    lines.extend(headers.iter().map(|header| (*header).to_owned()));
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

/// Returns a response with a body and its length.
fn reply(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let length = format!("content-length: {}", body.as_ref().len());
    [&head(status, &[headers, &[&length]].concat()), body.as_ref()].concat()
}

/// Returns a success with a JSON body.
fn json(body: impl AsRef<[u8]>) -> Vec<u8> {
    reply("200 OK", &["content-type: application/json"], body)
}

/// Returns a success that all operations can decode.
fn good() -> Vec<u8> {
    json(HEALTHY_BODY)
}

/// Heads of such a success, with a length and chunked.
fn good_head() -> Vec<u8> {
    head(
        "200 OK",
        &["content-type: application/json", &format!("content-length: {}", HEALTHY_BODY.len())],
    )
}

fn chunked_head() -> Vec<u8> {
    head("200 OK", &["content-type: application/json", "transfer-encoding: chunked"])
}

/// Returns the good body as one chunk, without the last chunk.
fn chunk() -> Vec<u8> {
    format!("{:x}\r\n{HEALTHY_BODY}\r\n", HEALTHY_BODY.len()).into_bytes()
}
