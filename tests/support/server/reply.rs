//! The response that the server sends, and the faults that it injects.

use std::iter;
use std::time::Duration;

/// A response to one request. By default the connection stays open after it.
#[derive(Clone, Debug)]
pub struct Reply {
    head: Option<Head>,
    body: Vec<u8>,
    framing: Framing,
    body_limit: Option<usize>,
    pub(super) delay: Duration,
    pub(super) drip: Option<Drip>,
    pub(super) ending: Ending,
}

#[derive(Clone, Debug)]
struct Head {
    version: Vec<u8>,
    status: u16,
    reason: Vec<u8>,
    headers: Vec<(Vec<u8>, Vec<u8>)>,
}

#[derive(Clone, Debug)]
enum Framing {
    Length,
    Declared(u64),
    Chunked(Vec<usize>),
    UntilClose,
}

#[derive(Clone, Debug)]
pub(super) struct Drip {
    pub(super) bytes: usize,
    pub(super) pause: Duration,
}

/// The fate of the connection after the response has been written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ending {
    KeepOpen,
    Close,
    Reset,
    Stall,
}

/// Constructors of whole responses, valid and broken.
impl Reply {
    /// Returns a response with a JSON body.
    pub fn json(status: u16, body: &str) -> Self {
        Self::text(status, "application/json", body)
    }

    /// Returns a response with a text body.
    pub fn text(status: u16, content_type: &str, body: &str) -> Self {
        Self::bytes(status, content_type, body.into())
    }

    /// Returns a response with any body.
    pub fn bytes(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self::empty(status).header("content-type", content_type).body(body)
    }

    /// Returns a response with an empty body and no content type.
    pub fn empty(status: u16) -> Self {
        let head = Head {
            version: b"HTTP/1.1".to_vec(),
            status,
            reason: usual_reason(status).into(),
            headers: Vec::new(),
        };
        Self { head: Some(head), ..Self::raw(Vec::new()) }
    }

    /// Returns a response of exactly these bytes, without a head. Methods that count body bytes
    /// count these.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            head: None,
            body: bytes.into(),
            framing: Framing::Length,
            body_limit: None,
            delay: Duration::ZERO,
            drip: None,
            ending: Ending::KeepOpen,
        }
    }

    /// Sends no response and closes the connection after the server has read the request.
    pub fn close() -> Self {
        Self::raw(Vec::new()).then_close()
    }

    /// Sends no response and resets the connection after the server has read the request.
    pub fn reset() -> Self {
        Self::raw(Vec::new()).reset_after(0)
    }

    /// Sends no response. The connection stays open until the server stops.
    pub fn stall() -> Self {
        Self::raw(Vec::new()).stall_after(0)
    }
}

/// Setters of the head. They panic on a raw response, which has none.
impl Reply {
    /// Adds a header exactly as given, legal or not. Headers with the same name are kept.
    pub fn header(mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Self {
        self.head_mut().headers.push((name.as_ref().to_vec(), value.as_ref().to_vec()));
        self
    }

    /// Replaces the reason phrase.
    pub fn reason(mut self, reason: impl AsRef<[u8]>) -> Self {
        self.head_mut().reason = reason.as_ref().to_vec();
        self
    }

    /// Replaces `HTTP/1.1` in the status line.
    pub fn version(mut self, version: impl AsRef<[u8]>) -> Self {
        self.head_mut().version = version.as_ref().to_vec();
        self
    }

    /// Declares this length for the body, whatever its actual length.
    pub fn declare_length(self, length: u64) -> Self {
        self.framed(Framing::Declared(length))
    }

    /// Sends the body in chunks of these sizes. The last size applies to all further chunks.
    pub fn chunked(self, sizes: impl AsRef<[usize]>) -> Self {
        self.framed(Framing::Chunked(sizes.as_ref().to_vec()))
    }

    /// Declares no length, sends `connection: close`, and ends the body by closing the connection.
    pub fn without_length(self) -> Self {
        self.framed(Framing::UntilClose).then_close()
    }

    fn framed(mut self, framing: Framing) -> Self {
        self.head_mut();
        self.framing = framing;
        self
    }

    fn head_mut(&mut self) -> &mut Head {
        self.head.as_mut().expect("a raw reply has no head to change")
    }
}

/// Setters of the body, the pace and the end. Methods that count body bytes count chunked framing
/// too.
impl Reply {
    /// Replaces the body and keeps the content type.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Waits before the first byte.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sends the head at once, then this many bytes of the body at a time, with a pause between
    /// steps.
    pub fn drip(mut self, bytes_per_step: usize, step: Duration) -> Self {
        self.drip = Some(Drip { bytes: bytes_per_step.max(1), pause: step });
        self
    }

    /// Closes the connection after the whole response, without announcing it in a header.
    pub fn close_after(self) -> Self {
        self.then_close()
    }

    /// Closes the connection after the bytes of a raw response.
    pub fn then_close(mut self) -> Self {
        self.ending = Ending::Close;
        self
    }

    /// Sends this many bytes of the body, then closes the connection.
    pub fn cut_body_after(self, bytes: usize) -> Self {
        self.limited(bytes, Ending::Close)
    }

    /// Sends this many bytes of the body, then resets the connection.
    pub fn reset_after(self, bytes: usize) -> Self {
        self.limited(bytes, Ending::Reset)
    }

    /// Sends this many bytes of the body, then nothing until the server stops.
    pub fn stall_after(self, bytes: usize) -> Self {
        self.limited(bytes, Ending::Stall)
    }

    /// Sends the head, then nothing until the server stops.
    pub fn stall_after_head(self) -> Self {
        self.stall_after(0)
    }

    fn limited(mut self, bytes: usize, ending: Ending) -> Self {
        self.body_limit = Some(bytes);
        self.ending = ending;
        self
    }
}

/// A single response is a list of one. A server can be started with either.
impl IntoIterator for Reply {
    type Item = Self;
    type IntoIter = iter::Once<Self>;

    fn into_iter(self) -> Self::IntoIter {
        iter::once(self)
    }
}

/// Serialization of the head and the body.
impl Reply {
    pub(super) fn head_bytes(&self) -> Vec<u8> {
        let Some(head) = &self.head else { return Vec::new() };
        let status = head.status.to_string();
        let mut bytes =
            [&head.version, b" ".as_slice(), status.as_bytes(), b" ", &head.reason, b"\r\n"]
                .concat();
        let framing = self.framing_header(head.status);
        let framing = framing.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        let given = head.headers.iter().map(|(name, value)| (name.as_slice(), value.as_slice()));
        for (name, value) in given.chain(framing) {
            bytes.extend([name, b": ", value, b"\r\n"].concat());
        }
        bytes.extend(b"\r\n");
        bytes
    }

    pub(super) fn body_bytes(&self, method: &str) -> Vec<u8> {
        let bodiless =
            self.head.as_ref().is_some_and(|head| method == "HEAD" || is_bodiless(head.status));
        let mut bytes = match &self.framing {
            _ if bodiless => Vec::new(),
            Framing::Chunked(sizes) => chunks(&self.body, sizes),
            Framing::Length | Framing::Declared(_) | Framing::UntilClose => self.body.clone(),
        };
        bytes.truncate(self.body_limit.unwrap_or(usize::MAX));
        bytes
    }

    fn framing_header(&self, status: u16) -> Option<(&'static str, String)> {
        match &self.framing {
            Framing::Length if is_bodiless(status) => None,
            Framing::Length => Some(("content-length", self.body.len().to_string())),
            Framing::Declared(length) => Some(("content-length", length.to_string())),
            Framing::Chunked(_) => Some(("transfer-encoding", "chunked".into())),
            Framing::UntilClose => Some(("connection", "close".into())),
        }
    }
}

/// Returns true if a response with this status has no body. A client would read a body as the next
/// response.
fn is_bodiless(status: u16) -> bool {
    matches!(status, 100..=199 | 204 | 304)
}

fn chunks(mut body: &[u8], sizes: &[usize]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let last = sizes.last().copied().unwrap_or(usize::MAX);
    let mut sizes = sizes.iter().copied().chain(iter::repeat(last));
    while !body.is_empty() {
        // An empty chunk would end the body.
        let size = sizes.next().unwrap_or(last).clamp(1, body.len());
        let (chunk, rest) = body.split_at(size);
        bytes.extend(format!("{size:x}\r\n").bytes());
        bytes.extend([chunk, b"\r\n"].concat());
        body = rest;
    }
    bytes.extend(b"0\r\n\r\n");
    bytes
}

fn usual_reason(status: u16) -> &'static str {
    match status {
        100 => "Continue",
        101 => "Switching Protocols",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}
