//! Asks a pending request for the last time if it was sent.

use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// The state of this thread's question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    None,
    Asked,
    /// A transport has answered that nothing was sent.
    Unsent,
}

thread_local! {
    static QUESTION: Cell<Question> = const { Cell::new(Question::None) };
}

/// Polls the future of an exchange for the last time. Returns its result as `Ok` if it is done
/// after all. Otherwise returns `Err(true)` if the transport knows that no byte of the request was
/// sent. A transport that does not answer, or that sends in a task of its own, counts as having
/// sent. The future must not be used afterwards.
pub(crate) fn last_poll<T>(
    exchange: Pin<&mut (impl Future<Output = T> + ?Sized)>,
) -> Result<T, bool> {
    let _asking = Asking::begin();
    match exchange.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Ok(result),
        Poll::Pending => Err(QUESTION.get() == Question::Unsent),
    }
}

/// Ends the question even if the future panics.
struct Asking;

impl Asking {
    fn begin() -> Self {
        QUESTION.set(Question::Asked);
        Self
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        QUESTION.set(Question::None);
    }
}

/// Polls for something that comes after a request that was sent, so an answer does not count.
pub(crate) fn counting_as_sent<T>(poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
    let polled = poll();
    if QUESTION.get() == Question::Unsent {
        QUESTION.set(Question::Asked);
    }
    polled
}

/// Returns true if the poll under way is the last one of its request.
#[cfg(feature = "reqwest")]
pub(super) fn is_asked() -> bool {
    QUESTION.get() == Question::Asked
}

/// Answers that no byte of the request was sent, if this poll asks for it.
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub(super) fn answer_unsent() {
    if QUESTION.get() == Question::Asked {
        QUESTION.set(Question::Unsent);
    }
}

/// Polls the future and returns how many wakers it registers, one for each event that it waits for.
/// Returns 0 if it is done.
#[cfg(feature = "reqwest")]
pub(super) fn registered<T>(future: Pin<&mut impl Future<Output = T>>) -> usize {
    use std::sync::Arc;
    use std::task::Wake;

    /// Keeps count of its clones by its reference count.
    struct Counted;

    impl Wake for Counted {
        fn wake(self: Arc<Self>) {}
    }

    let counted = Arc::new(Counted);
    let waker = Waker::from(Arc::clone(&counted));
    match future.poll(&mut Context::from_waker(&waker)) {
        Poll::Ready(_) => 0,
        // One is here and one is in `waker`.
        Poll::Pending => Arc::strong_count(&counted) - 2,
    }
}
