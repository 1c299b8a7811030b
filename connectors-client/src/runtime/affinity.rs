//! The Tokio runtime that a call runs in, and what becomes of the call without it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::task::Poll;

use tokio::runtime::{Handle, Id};

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};

/// The runtime that something began in. It cannot go on in another one: its timers and connections are there, and when
/// that runtime is parked or gone nothing would wake it, not even its limits of time.
pub(crate) struct RuntimeAffinity {
    endpoint: &'static Endpoint,
    id: Option<Id>,
}

impl RuntimeAffinity {
    /// Nothing has begun yet.
    pub(crate) fn new(endpoint: &'static Endpoint) -> Self {
        Self { endpoint, id: None }
    }

    /// Polls in the runtime that this began in, or begins in the current one; where it cannot run, that is the error.
    pub(crate) fn poll<T>(
        &mut self,
        poll: impl FnOnce() -> Poll<Result<T, Error>>,
    ) -> Poll<Result<T, Error>> {
        let Some(id) = current() else {
            return Poll::Ready(Err(self.error(
                "the call was made outside a Tokio runtime: await it inside one, or use the blocking client",
            )));
        };
        if self.id.is_some_and(|began_in| began_in != id) {
            return Poll::Ready(Err(
                self.error("the call was moved to another Tokio runtime than it began in")
            ));
        }
        match catch_missing_runtime(poll) {
            Ok(result) => {
                self.id = Some(id);
                result
            }
            Err(why) => Poll::Ready(Err(self.error(why))),
        }
    }

    /// What has begun may have sent its request.
    #[cold]
    fn error(&self, detail: &'static str) -> Error {
        let error = Error::new(ErrorKind::Runtime, Some(self.endpoint), detail);
        if self.id.is_some() { error.with_attempts(1, true) } else { error }
    }
}

/// The runtime of this thread.
pub(crate) fn current() -> Option<Id> {
    Handle::try_current().ok().map(|handle| handle.id())
}

/// Tokio has no question for whether a runtime has timers and sockets, or is still there: it panics. Any other panic goes
/// on, since it is that of a transport or body of the caller's.
///
/// What has panicked is not polled again: the error is the end of it.
pub(crate) fn catch_missing_runtime<T>(poll: impl FnOnce() -> T) -> Result<T, &'static str> {
    catch_unwind(AssertUnwindSafe(poll)).map_err(|panic| match why(&*panic) {
        Some(why) => why,
        None => resume_unwind(panic),
    })
}

/// What a panic of Tokio says of the runtime. The words are Tokio's (its `util/error.rs` and `runtime/driver.rs`).
#[cold]
fn why(panic: &(dyn Any + Send)) -> Option<&'static str> {
    let text =
        panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied())?;
    if text.starts_with("A Tokio 1.x context was found, but it is being shutdown") {
        Some("the Tokio runtime of the call has ended")
    } else if text.starts_with("A Tokio 1.x context was found, but") {
        Some("the Tokio runtime has no timers or no sockets: build it with `enable_all()`")
    } else {
        None
    }
}
