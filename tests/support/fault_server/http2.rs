//! The parts of HTTP/2 (RFC 9113) needed to fail at it. Frames are written by hand, so that they
//! can be invalid.

use std::io;

use super::socket::Socket;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const END_STREAM: u8 = 1;
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;

/// Returns a frame.
pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX).to_be_bytes();
    let mut bytes = length[1..].to_vec();
    bytes.extend([kind, flags]);
    bytes.extend(stream.to_be_bytes());
    bytes.extend(payload);
    bytes
}

/// Returns the first frame of a server: SETTINGS without a setting.
pub fn settings() -> Vec<u8> {
    frame(SETTINGS, 0, 0, &[])
}

/// Returns a field block with status 200, a request id and these further fields.
///
/// # Panics
///
/// Panics if a name or value is longer than 126 bytes.
pub fn fields(request_id: &str, more: &[(&str, &str)]) -> Vec<u8> {
    // The status is an entry of the static table; the others are uncompressed literals (RFC 7541).
    let mut block = vec![0x88];
    for (name, value) in [("x-request-id", request_id)].iter().chain(more) {
        block.push(0);
        for text in [name, value] {
            let length = u8::try_from(text.len()).ok().filter(|length| *length < 127);
            block.push(length.expect("a short text"));
            block.extend(text.bytes());
        }
    }
    block
}

/// Returns the head of a response whose body follows.
pub fn head(stream: u32, request_id: &str, more: &[(&str, &str)]) -> Vec<u8> {
    frame(HEADERS, END_HEADERS, stream, &fields(request_id, more))
}

/// Returns a DATA frame. `last` ends the stream.
pub fn data(stream: u32, bytes: &[u8], last: bool) -> Vec<u8> {
    frame(DATA, if last { END_STREAM } else { 0 }, stream, bytes)
}

/// Returns a frame that resets a stream with this error code (RFC 9113 section 7).
pub fn reset(stream: u32, code: u32) -> Vec<u8> {
    frame(RST_STREAM, 0, stream, &code.to_be_bytes())
}

/// Returns a frame that ends a connection with this error code. `last` is the last processed
/// stream.
pub fn go_away(last: u32, code: u32) -> Vec<u8> {
    frame(GOAWAY, 0, 0, &[last.to_be_bytes(), code.to_be_bytes()].concat())
}

/// Returns a complete response.
pub fn reply(stream: u32, request_id: &str, body: &str) -> Vec<u8> {
    [
        head(stream, request_id, &[("content-type", "application/json")]),
        data(stream, body.as_bytes(), true),
    ]
    .concat()
}

/// State of an HTTP/2 connection.
#[derive(Default)]
pub(super) struct Http2 {
    greeted: bool,
}

impl Http2 {
    /// Reads frames until a request is complete, and returns its stream. Acknowledges settings and
    /// pings.
    pub(super) async fn read_request(&mut self, socket: &mut Socket) -> io::Result<u32> {
        if !self.greeted {
            let preface = socket.read_exactly(PREFACE.len()).await?;
            if preface != PREFACE {
                return Err(io::Error::other("the client does not speak HTTP/2"));
            }
            self.greeted = true;
            socket.write(&settings()).await?;
        }
        loop {
            let head = socket.read_exactly(9).await?;
            let length =
                usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2]);
            let (kind, flags) = (head[3], head[4]);
            let stream = u32::from_be_bytes([head[5] & 0x7f, head[6], head[7], head[8]]);
            let payload = socket.read_exactly(length).await?;
            match kind {
                SETTINGS if flags & ACK == 0 => socket.write(&frame(SETTINGS, ACK, 0, &[])).await?,
                PING if flags & ACK == 0 => socket.write(&frame(PING, ACK, 0, &payload)).await?,
                DATA | HEADERS if flags & END_STREAM != 0 => return Ok(stream),
                _ => {}
            }
        }
    }
}
