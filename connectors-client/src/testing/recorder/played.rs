//! A response that is played from a recording.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};
use http_body::{Frame, SizeHint};

use super::entry::{Answer, Failure};
use super::layer::without_port;
use crate::body::Body;
use crate::error::{ErrorKind, TransportError};

/// Returns the response, or the failure in place of it. `origin` is that of the request, if it is
/// on this machine: the recording has it without its port.
pub(super) fn response(
    answer: &Answer,
    origin: Option<&str>,
) -> Result<http::Response<Body>, TransportError> {
    let failure = answer.failure.map(error);
    let Ok(status) = StatusCode::from_u16(answer.status) else {
        let none = || TransportError::new(ErrorKind::Build, "the recording has no status here");
        return Err(failure.unwrap_or_else(none));
    };
    let with_port = |text: &[u8]| restored(text, origin);
    let chunks = answer.content.chunks().into_iter().map(|chunk| with_port(chunk).into());
    let chunks: VecDeque<Bytes> = chunks.filter(|chunk: &Bytes| !chunk.is_empty()).collect();
    let has_length = failure.is_none();
    let mut response = http::Response::new(Body::stream(Played { chunks, failure, has_length }));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in &answer.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_bytes(&with_port(value.as_bytes()));
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    if let Ok(mime) = HeaderValue::from_str(&answer.content.mime)
        && !mime.is_empty()
    {
        headers.entry(CONTENT_TYPE).or_insert(mime);
    }
    Ok(response)
}

/// Returns a body that is sent without its length.
pub(super) fn chunked(bytes: Bytes) -> Body {
    Body::stream(Played { chunks: [bytes].into(), failure: None, has_length: false })
}

fn error(Failure { kind, is_sent }: Failure) -> TransportError {
    let error = TransportError::new(kind, "the recording has a failure here");
    if is_sent { error } else { error.not_sent() }
}

/// Adds the port to the origin wherever a text has it without one.
fn restored(text: &[u8], origin: Option<&str>) -> Vec<u8> {
    let Some(origin) = origin else { return text.to_vec() };
    let short = without_port(origin).as_bytes();
    let (mut result, mut rest) = (Vec::with_capacity(text.len()), text);
    while let Some(at) = memchr::memmem::find(rest, short) {
        let (before, after) = rest.split_at(at + short.len());
        result.extend_from_slice(before);
        let goes_on =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'.' | b'-');
        if !after.first().is_some_and(goes_on) {
            result.extend_from_slice(&origin.as_bytes()[short.len()..]);
        }
        rest = after;
    }
    result.extend_from_slice(rest);
    result
}

/// The chunks of a recorded body, and the failure after them.
struct Played {
    chunks: VecDeque<Bytes>,
    failure: Option<TransportError>,
    has_length: bool,
}

impl http_body::Body for Played {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(match self.chunks.pop_front() {
            Some(chunk) => Some(Ok(Frame::data(chunk))),
            None => self.failure.take().map(Err),
        })
    }

    fn is_end_stream(&self) -> bool {
        self.chunks.is_empty() && self.failure.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        if !self.has_length {
            return SizeHint::default();
        }
        SizeHint::with_exact(self.chunks.iter().map(|chunk| chunk.len() as u64).sum())
    }
}
