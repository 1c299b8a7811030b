//! A stream whose length is known beforehand, and is held to it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::unreadable;
use crate::error::TransportError;

/// Gives exactly so many bytes, or an error.
///
/// The last piece waits until it is known that nothing follows it: whoever sends so many bytes asks for no more, and
/// would not see that there are.
pub(super) struct ExactLength<B> {
    stream: B,
    /// What is still to come of the stream.
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
    /// Takes a piece; gives it unless it is the last.
    fn take(&mut self, piece: Bytes) -> Result<Option<Bytes>, TransportError> {
        let Some(left) = self.left.checked_sub(piece.len() as u64) else {
            let text = format!("the body is longer than its length of {} bytes", self.length);
            return Err(unreadable(text));
        };
        self.left = left;
        if left > 0 {
            return Ok(Some(piece));
        }
        if !piece.is_empty() {
            self.last = Some(piece);
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
        // Nothing asks a stream again that has said that it is over.
        if self.has_ended {
            return Poll::Ready(self.last.take().map(|last| Ok(Frame::data(last))));
        }
        loop {
            match ready!(Pin::new(&mut self.stream).poll_frame(context)) {
                Some(Ok(frame)) => {
                    // Trailers have no place behind a length.
                    let Ok(piece) = frame.into_data() else { continue };
                    match self.take(piece) {
                        Ok(None) => {}
                        Ok(Some(piece)) => return Poll::Ready(Some(Ok(Frame::data(piece)))),
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
                    let text =
                        format!("the body ended {} bytes before its length of {}", self.left, self.length);
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
