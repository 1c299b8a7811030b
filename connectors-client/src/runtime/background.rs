//! Blocking calls run on a background runtime while the caller's thread waits.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{OnceLock, mpsc};
use std::task::{Context, Waker};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};

/// Runs the work on the background runtime while this thread waits.
pub(crate) fn finish<T: Send + 'static>(
    endpoint: &'static Endpoint,
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    let failed = |detail: String| Error::new(ErrorKind::Runtime, Some(endpoint), detail);
    if is_inside_a_task() {
        return Err(failed(
            "a blocking call was made inside an async task, which it would block: await the async client, or move \
             the call into `tokio::task::spawn_blocking`"
                .to_owned(),
        ));
    }
    let runtime =
        runtime().map_err(|problem| failed(format!("the background runtime cannot start: {problem}")))?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let task = runtime.spawn(async move {
        // The receiver waits below. If it were gone, the result would not be needed.
        let _ = sender.send(work.await);
    });
    receiver.recv().unwrap_or_else(|_| {
        match runtime.block_on(task).map_err(tokio::task::JoinError::try_into_panic) {
            // A panic of the caller's transport or fake belongs to the caller.
            Err(Ok(panic)) => std::panic::resume_unwind(panic),
            _ => Err(failed("the background runtime has ended".to_owned())),
        }
    })
}

/// Waits on this thread for the next item of a stream. The background runtime drives its timers and,
/// if a blocking call opened it, its connection.
pub(crate) fn next<S: Stream + Unpin>(stream: &mut S) -> Result<Option<S::Item>, Error> {
    let failed = |detail: String| Error::new(ErrorKind::Runtime, None, detail);
    if is_inside_a_task() {
        return Err(failed(
            "a stream was iterated over inside an async task, which it would block: await its items, or move the \
             loop into `tokio::task::spawn_blocking`"
                .to_owned(),
        ));
    }
    let runtime =
        runtime().map_err(|problem| failed(format!("the background runtime cannot start: {problem}")))?;
    Ok(runtime.block_on(poll_fn(|context| Pin::new(&mut *stream).poll_next(context))))
}

/// Returns the background runtime: one thread for all blocking clients of the process.
fn runtime() -> Result<&'static Handle, &'static str> {
    static RUNTIME: OnceLock<Result<Handle, String>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| start().map_err(|error| error.to_string()));
    runtime.as_ref().map_err(String::as_str)
}

fn start() -> std::io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new()
        .name("connectors-client".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(handle)
}

/// Returns true if this thread is polling a task. Waiting would block it and other tasks of its
/// runtime.
///
/// `Handle::try_current` is not enough: it also succeeds in `spawn_blocking` and `block_in_place`,
/// where waiting is allowed. But only a polling thread has a limited cooperation budget. Taking units
/// exhausts it, and dropping them gives them back. An `unconstrained` task has no budget and is not
/// noticed.
fn is_inside_a_task() -> bool {
    const MORE_THAN_A_BUDGET: usize = 256;
    if Handle::try_current().is_err() {
        return false;
    }
    let mut context = Context::from_waker(Waker::noop());
    let mut taken = Vec::with_capacity(MORE_THAN_A_BUDGET);
    let mut exhausted = false;
    while !exhausted && taken.len() < MORE_THAN_A_BUDGET {
        match tokio::task::coop::poll_proceed(&mut context) {
            std::task::Poll::Ready(unit) => taken.push(unit),
            std::task::Poll::Pending => exhausted = true,
        }
    }
    // Each unit restores the budget from before it was taken, so the first is dropped last.
    while taken.pop().is_some() {}
    exhausted
}
