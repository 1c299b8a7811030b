//! Blocking calls: they run on one background runtime, and the caller's thread waits.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{OnceLock, mpsc};
use std::task::{Context, Waker};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};

/// Runs on the background runtime, while this thread waits.
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
        // The receiver waits below; were it gone, nobody would want the result.
        let _ = sender.send(work.await);
    });
    receiver.recv().unwrap_or_else(|_| {
        match runtime.block_on(task).map_err(tokio::task::JoinError::try_into_panic) {
            // A panic of the caller's own transport or fake is the caller's.
            Err(Ok(panic)) => std::panic::resume_unwind(panic),
            _ => Err(failed("the background runtime has ended".to_owned())),
        }
    })
}

/// The next item of a stream, waited for on this thread; the background runtime has its timers, and the connection where
/// a blocking call made it.
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

/// The background runtime: one thread for all blocking clients of the process.
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

/// Whether this thread is polling a task, which waiting would block together with all others of its runtime.
///
/// Being in the context of a runtime does not tell: `spawn_blocking` and `block_in_place` are too, and are made for
/// waiting. But only a thread that polls has a budget for cooperation, which asking for it again and again exhausts;
/// dropping what was got gives it back. A task that is `unconstrained` has none, and is not noticed.
fn is_inside_a_task() -> bool {
    const MORE_THAN_A_BUDGET: usize = 256;
    if Handle::try_current().is_err() {
        return false;
    }
    let mut context = Context::from_waker(Waker::noop());
    let mut got = Vec::with_capacity(MORE_THAN_A_BUDGET);
    let mut exhausted = false;
    while !exhausted && got.len() < MORE_THAN_A_BUDGET {
        match tokio::task::coop::poll_proceed(&mut context) {
            std::task::Poll::Ready(unit) => got.push(unit),
            std::task::Poll::Pending => exhausted = true,
        }
    }
    // Each gives back what there was when it was got: the first one last.
    while got.pop().is_some() {}
    exhausted
}
