//! Counts the requests of layers that may have reached the server.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use crate::error::{Reach, TransportError};

/// The fate of all requests that layers send in place of one. It is in the extensions of that
/// request, where layers cannot name it.
///
/// A layer may send none or several, and its error may describe only the last one. So the transport
/// below the layers counts them.
#[derive(Debug, Default)]
pub(crate) struct SendState {
    /// Number of requests that were begun and are not known to be unsent.
    open: AtomicUsize,
    /// True during the last poll, which asks each pending request if it is unsent.
    is_asking: AtomicBool,
    /// True if a pending request answered that it is.
    has_unsent: AtomicBool,
}

impl SendState {
    pub(super) fn begin(&self) {
        self.open.fetch_add(1, Ordering::AcqRel);
    }

    /// Records that a request that was begun has ended without being sent.
    pub(super) fn end_unsent(&self) {
        self.open.fetch_sub(1, Ordering::AcqRel);
    }

    /// Returns true if a request may have reached the server.
    pub(crate) fn may_be_sent(&self) -> bool {
        self.open.load(Ordering::Acquire) > 0
    }

    pub(crate) fn is_asking(&self) -> bool {
        self.is_asking.load(Ordering::Acquire)
    }

    /// Answers that the part of the attempt that is pending here has sent nothing.
    pub(crate) fn answer_unsent(&self) {
        self.has_unsent.store(true, Ordering::Release);
    }

    /// Polls the attempt for the last time, like [`probe::last_poll`](crate::transport::probe).
    ///
    /// A layer that waits for something of its own could have sent by another way than its next
    /// transport, so that counts as sent.
    pub(super) fn last_poll<T>(
        &self,
        sending: Pin<&mut impl Future<Output = T>>,
    ) -> Result<T, bool> {
        self.is_asking.store(true, Ordering::Release);
        match sending.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => Ok(result),
            Poll::Pending => Err(self.has_unsent.load(Ordering::Acquire) && !self.may_be_sent()),
        }
    }

    /// Corrects an error that says that nothing was sent although another request was.
    pub(crate) fn corrected(&self, error: TransportError) -> TransportError {
        if error.sent || !self.may_be_sent() {
            return error;
        }
        TransportError { sent: true, reach: Reach::Server, ..error }
    }
}
