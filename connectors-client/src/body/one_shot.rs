//! A stream that can be sent once. Until an attempt has begun to read it, another one can take it.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::exact_length::ExactLength;
use super::unreadable;
use crate::error::TransportError;

type Stream = dyn Body<Data = Bytes, Error = TransportError> + Send;

/// A handle to the stream. The first handle that reads owns it from then on.
pub(super) struct OneShotBody {
    cell: Arc<Mutex<Cell>>,
    /// True if this handle owns the stream.
    is_mine: bool,
}

struct Cell {
    stream: Pin<Box<Stream>>,
    is_taken: bool,
}

impl OneShotBody {
    pub(super) fn new(
        stream: impl Body<Data = Bytes, Error = TransportError> + Send + 'static,
    ) -> Self {
        let cell = Cell { stream: Box::pin(stream), is_taken: false };
        Self { cell: Arc::new(Mutex::new(cell)), is_mine: false }
    }

    pub(super) fn sized(self, bytes: u64) -> Self {
        Self::new(ExactLength::new(self, bytes))
    }

    pub(super) fn is_spent(&self) -> bool {
        self.lock().is_taken
    }

    fn lock(&self) -> MutexGuard<'_, Cell> {
        // A panic leaves the stream unchanged.
        self.cell.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let mut cell = self.cell.lock().unwrap_or_else(PoisonError::into_inner);
        if cell.is_taken && !self.is_mine {
            return Poll::Ready(Some(Err(unreadable(
                "the body is a stream that was already sent",
            ))));
        }
        cell.is_taken = true;
        self.is_mine = true;
        cell.stream.as_mut().poll_frame(context)
    }
}

/// Returns another handle, which does not own the stream yet.
impl Clone for OneShotBody {
    fn clone(&self) -> Self {
        Self { cell: Arc::clone(&self.cell), is_mine: false }
    }
}

impl Body for OneShotBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Self::poll_frame(&mut self, context)
    }

    fn is_end_stream(&self) -> bool {
        self.lock().stream.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().stream.size_hint()
    }
}
