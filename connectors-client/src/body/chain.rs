//! Several bodies, one after the other.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::Body;
use crate::error::TransportError;

/// A body with the frames of all bodies in order.
#[derive(Default)]
pub(crate) struct Chain(VecDeque<Body>);

impl Chain {
    pub(crate) fn push(&mut self, body: impl Into<Body>) {
        self.0.push_back(body.into());
    }
}

impl http_body::Body for Chain {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        while let Some(first) = self.0.front_mut() {
            match ready!(Pin::new(first).poll_frame(context)) {
                // Trailers would end the whole body.
                Some(Ok(frame)) if frame.is_trailers() => {}
                Some(frame) => return Poll::Ready(Some(frame)),
                None => drop(self.0.pop_front()),
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.0.iter().all(http_body::Body::is_end_stream)
    }

    /// Exact if all bodies are.
    fn size_hint(&self) -> SizeHint {
        let lengths = self.0.iter().map(|body| body.size_hint().exact());
        let sum = lengths.reduce(|sum, length| sum?.checked_add(length?)).unwrap_or(Some(0));
        sum.map(SizeHint::with_exact).unwrap_or_default()
    }
}
