//! The call for one page, made in the caller's task or, to prefetch, in a task of its own.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio::task::{JoinError, JoinHandle};

use crate::call::CallParts;
use crate::call::response_future::ResponseFuture;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::response::Response;
use crate::response::from_response::ResponseRules;

/// A call in progress. Dropping it cancels the call.
pub(super) struct Fetch {
    endpoint: &'static Endpoint,
    way: Way,
}

enum Way {
    Here(ResponseFuture<Response>),
    Task(Task),
}

/// A task that is aborted when its handle is dropped.
struct Task(JoinHandle<Result<Response, Error>>);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Fetch {
    pub(super) fn new(parts: CallParts, rules: ResponseRules) -> Self {
        let endpoint = parts.request.endpoint;
        Self { endpoint, way: Way::Here(ResponseFuture::undecoded(Box::new(parts), rules)) }
    }

    /// Starts the call at once in a task, if the caller is in a runtime.
    pub(super) fn spawned(self) -> Self {
        match (self.way, Handle::try_current()) {
            (Way::Here(call), Ok(runtime)) => {
                Self { way: Way::Task(Task(runtime.spawn(call))), ..self }
            }
            (way, _) => Self { way, ..self },
        }
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Response, Error>> {
        match &mut self.way {
            Way::Here(call) => Pin::new(call).poll(context),
            Way::Task(task) => Pin::new(&mut task.0)
                .poll(context)
                .map(|joined| joined.unwrap_or_else(|failed| Err(ended(self.endpoint, failed)))),
        }
    }
}

/// Returns the error of a task that has ended. A panic of the caller's transport or clock is
/// resumed.
fn ended(endpoint: &'static Endpoint, failed: JoinError) -> Error {
    if let Ok(panic) = failed.try_into_panic() {
        std::panic::resume_unwind(panic);
    }
    let detail = "the runtime that fetched the next page has ended";
    Error::new(ErrorKind::Runtime, Some(endpoint), detail).with_attempts(1, true)
}
