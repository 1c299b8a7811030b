//! Enforces the declared length of a stream.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::unreadable;
use crate::error::TransportError;

/// Gives exactly the declared number of bytes, or an error.
///
/// The last chunk is held back until the stream ends. A transport that has all declared bytes does
/// not poll again, so it would not see further ones.
pub(super) struct ExactLength<B> {
    stream: B,
    /// Number of bytes still to come.
    left: u64,
    length: u64,
    last: Option<Bytes>,
    has_ended: bool,
}

impl<B> ExactLength<B> {
    pub(super) fn new(stream: B, length: u64) -> Self {
        Self { stream, left: length, length, last: None, has_ended: false }
    }
}

impl<B: Body<Data = Bytes, Error = TransportError> + Unpin> ExactLength<B> {
    /// Counts a chunk. Returns it unless it is the last.
    fn take(&mut self, chunk: Bytes) -> Result<Option<Bytes>, TransportError> {
        let Some(left) = self.left.checked_sub(chunk.len() as u64) else {
            let text = format!("the body is longer than its length of {} bytes", self.length);
            return Err(unreadable(text));
        };
        self.left = left;
        if left > 0 {
            return Ok(Some(chunk));
        }
        if !chunk.is_empty() {
            self.last = Some(chunk);
        }
        Ok(None)
    }
}

impl<B: Body<Data = Bytes, Error = TransportError> + Unpin> Body for ExactLength<B> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        // A stream is not polled after its end.
        if self.has_ended {
            return Poll::Ready(self.last.take().map(|last| Ok(Frame::data(last))));
        }
        loop {
            match ready!(Pin::new(&mut self.stream).poll_frame(context)) {
                Some(Ok(frame)) => {
                    // Trailers cannot follow a body with a length.
                    let Ok(chunk) = frame.into_data() else { continue };
                    match self.take(chunk) {
                        Ok(None) => {}
                        Ok(Some(chunk)) => return Poll::Ready(Some(Ok(Frame::data(chunk)))),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None if self.left == 0 => {
                    self.has_ended = true;
                    return Poll::Ready(self.last.take().map(|last| Ok(Frame::data(last))));
                }
                None => {
                    self.has_ended = true;
                    let text = format!(
                        "the body ended {} bytes before its length of {}",
                        self.left, self.length
                    );
                    return Poll::Ready(Some(Err(unreadable(text))));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.length == 0 || (self.left == 0 && self.last.is_none() && self.stream.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left + self.last.as_ref().map_or(0, Bytes::len) as u64)
    }
}
