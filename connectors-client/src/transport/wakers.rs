//! Counts what a pending future waits for.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Keeps count of its clones by its reference count.
struct Counted;

impl Wake for Counted {
    fn wake(self: Arc<Self>) {}
}

/// Polls the future once more and returns how many wakers it registers, one for each event that it
/// waits for. Returns 0 if it is done. The future must not be used afterwards.
pub(crate) fn registered<T>(future: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> usize {
    let counted = Arc::new(Counted);
    let waker = Waker::from(Arc::clone(&counted));
    match future.poll(&mut Context::from_waker(&waker)) {
        Poll::Ready(_) => 0,
        // One is here and one is in `waker`.
        Poll::Pending => Arc::strong_count(&counted) - 2,
    }
}
