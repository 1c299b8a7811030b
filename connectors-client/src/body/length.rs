//! A stream whose length is known beforehand, and is held to it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::unreadable;
use crate::transport::TransportError;

/// Gives exactly so many bytes, or an error.
pub(super) struct Measured<B> {
    stream: B,
    left: u64,
    length: u64,
}

impl<B> Measured<B> {
    pub(super) fn new(stream: B, length: u64) -> Self {
        Self { stream, left: length, length }
    }
}

impl<B: Body<Data = Bytes, Error = TransportError> + Unpin> Body for Measured<B> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = match ready!(Pin::new(&mut self.stream).poll_frame(context)) {
            Some(Ok(frame)) => frame,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None if self.left == 0 => return Poll::Ready(None),
            None => {
                let text = format!("the body ended {} bytes before its length of {}", self.left, self.length);
                return Poll::Ready(Some(Err(unreadable(text))));
            }
        };
        let bytes = frame.data_ref().map_or(0, Bytes::len) as u64;
        let Some(left) = self.left.checked_sub(bytes) else {
            let text = format!("the body is longer than its length of {} bytes", self.length);
            return Poll::Ready(Some(Err(unreadable(text))));
        };
        self.left = left;
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        // What follows the last byte has to be looked for, since too much is an error.
        self.length == 0 || (self.left == 0 && self.stream.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
