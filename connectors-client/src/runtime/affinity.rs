//! Ties a call to the Tokio runtime it started on.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::task::Poll;

use tokio::runtime::{Handle, Id};

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};

/// The runtime that a call or stream started on. It cannot continue on another one: its timers and
/// connections belong to the first. If that one is parked or gone, nothing would wake the call, not
/// even its timeouts.
pub(crate) struct RuntimeAffinity {
    endpoint: &'static Endpoint,
    id: Option<Id>,
}

impl RuntimeAffinity {
    /// Returns the affinity of a call that has not started.
    pub(crate) fn new(endpoint: &'static Endpoint) -> Self {
        Self { endpoint, id: None }
    }

    /// Polls if the current runtime is the one this started on. The first poll binds it to the
    /// current runtime. Returns an error if it cannot run here.
    pub(crate) fn poll<T>(
        &mut self,
        poll: impl FnOnce() -> Poll<Result<T, Error>>,
    ) -> Poll<Result<T, Error>> {
        let Some(id) = current() else {
            return Poll::Ready(Err(self.error(
                "the call was made outside a Tokio runtime: await it inside one, or use the blocking client",
            )));
        };
        if self.id.is_some_and(|started_on| started_on != id) {
            return Poll::Ready(Err(self
                .error("the call was moved to another Tokio runtime than the one it started on")));
        }
        match catch_missing_runtime(poll) {
            Ok(result) => {
                self.id = Some(id);
                result
            }
            Err(why) => Poll::Ready(Err(self.error(why))),
        }
    }

    /// Once polled, the request may already have been sent.
    #[cold]
    fn error(&self, detail: &'static str) -> Error {
        let error = Error::new(ErrorKind::Runtime, Some(self.endpoint), detail);
        if self.id.is_some() { error.with_attempts(1, true) } else { error }
    }
}

/// Returns the id of this thread's runtime.
pub(crate) fn current() -> Option<Id> {
    Handle::try_current().ok().map(|handle| handle.id())
}

/// Turns Tokio's panics about a missing runtime into a text. Tokio has no function that tells if a
/// runtime has timers and sockets, or is still running. Other panics continue, because they come
/// from the caller's transport or body.
///
/// After a panic the work is not polled again.
pub(crate) fn catch_missing_runtime<T>(poll: impl FnOnce() -> T) -> Result<T, &'static str> {
    catch_unwind(AssertUnwindSafe(poll)).map_err(|panic| match why(&*panic) {
        Some(why) => why,
        None => resume_unwind(panic),
    })
}

/// Explains a panic of Tokio, recognised by its text (`util/error.rs` and `runtime/driver.rs`).
#[cold]
fn why(panic: &(dyn Any + Send)) -> Option<&'static str> {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or(panic.downcast_ref::<&str>().copied())?;
    if text.starts_with("A Tokio 1.x context was found, but it is being shutdown") {
        Some("the Tokio runtime of the call has ended")
    } else if text.starts_with("A Tokio 1.x context was found, but") {
        Some("the Tokio runtime has no timers or no sockets: build it with `enable_all()`")
    } else {
        None
    }
}
