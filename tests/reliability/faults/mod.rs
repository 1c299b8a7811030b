//! The faults of the matrix, by theme.

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

/// Between two pieces of what drips: it would take far longer than any limit.
const PAUSE: Duration = Duration::from_millis(40);

/// All of them.
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

/// The status line and headers of a reply, and the id of the request.
fn head(status: &str, headers: &[&str]) -> Vec<u8> {
    let mut lines = vec![format!("HTTP/1.1 {status}"), format!("x-request-id: {FAULT_ID}")];
    lines.extend(headers.iter().map(|header| (*header).to_owned()));
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

/// A reply with a body whose length it declares.
fn reply(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let length = format!("content-length: {}", body.as_ref().len());
    [&head(status, &[headers, &[&length]].concat()), body.as_ref()].concat()
}

/// A success with a JSON body.
fn json(body: impl AsRef<[u8]>) -> Vec<u8> {
    reply("200 OK", &["content-type: application/json"], body)
}

/// A success that all operations can read.
fn good() -> Vec<u8> {
    json(HEALTHY_BODY)
}

/// The head of such a success, and of one in chunks.
fn good_head() -> Vec<u8> {
    head("200 OK", &["content-type: application/json", &format!("content-length: {}", HEALTHY_BODY.len())])
}

fn chunked_head() -> Vec<u8> {
    head("200 OK", &["content-type: application/json", "transfer-encoding: chunked"])
}

/// The good body as one chunk, without what ends the body.
fn chunk() -> Vec<u8> {
    format!("{:x}\r\n{HEALTHY_BODY}\r\n", HEALTHY_BODY.len()).into_bytes()
}
