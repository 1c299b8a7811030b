//! Blocking calls run on a background runtime while the caller's thread waits.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::task::{Context, Waker};
use std::{io, thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};
use tokio::task::JoinHandle;

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};

/// Runs the work on the background runtime while this thread waits. If `may_block` is true, the work
/// runs code of the caller that may block each time it is polled.
pub(crate) fn finish<T: Send + 'static>(
    endpoint: &'static Endpoint,
    may_block: bool,
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
    let runtime = runtime().map_err(failed)?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let task = runtime.spawn(async move {
        let mut work = pin!(work);
        let done = poll_fn(|context| {
            if may_block {
                isolate(|| work.as_mut().poll(context))
            } else {
                work.as_mut().poll(context)
            }
        });
        // The receiver waits below. If it were gone, the result would not be needed.
        let _ = sender.send(done.await);
    });
    receiver.recv().unwrap_or_else(|_| {
        match runtime.block_on(task).map_err(tokio::task::JoinError::try_into_panic) {
            // A panic of the caller's transport or fake belongs to the caller.
            Err(Ok(panic)) => std::panic::resume_unwind(panic),
            _ => Err(failed("the background runtime has ended".to_owned())),
        }
    })
}

/// Runs a task on the background runtime, where no runtime of the caller ends it. The error says why
/// that runtime cannot start.
pub(crate) fn spawn<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<JoinHandle<T>, String> {
    Ok(runtime()?.spawn(work))
}

/// Runs work of the caller, which may block, as a task on the background runtime.
pub(crate) fn spawn_isolated<T, W>(
    work: impl FnOnce() -> W + Send + 'static,
) -> Result<JoinHandle<T>, String>
where
    T: Send + 'static,
    W: Future<Output = T> + Send + Unpin + 'static,
{
    spawn(async move {
        let mut work = isolate(work);
        poll_fn(|context| isolate(|| Pin::new(&mut work).poll(context))).await
    })
}

/// Waits on this thread for the next item of a stream. The background runtime drives its timers
/// and, if a blocking call opened it, its connection.
pub(crate) fn next<S: Stream + Unpin>(stream: &mut S) -> Result<Option<S::Item>, Error> {
    let failed = |detail: String| Error::new(ErrorKind::Runtime, None, detail);
    if is_inside_a_task() {
        return Err(failed(
            "a stream was iterated over inside an async task, which it would block: await its items, or move the \
             loop into `tokio::task::spawn_blocking`"
                .to_owned(),
        ));
    }
    let runtime = runtime().map_err(failed)?;
    Ok(runtime.block_on(poll_fn(|context| Pin::new(&mut *stream).poll_next(context))))
}

/// The background runtime: one worker thread for all blocking clients of a process.
#[derive(Clone, Copy)]
struct Background {
    /// The process that started it. After a fork the child has the data, but not the thread.
    process: u32,
    handle: &'static Handle,
}

/// The runtime of the process that made the first blocking call. It is reached without a lock.
static FIRST: OnceLock<Background> = OnceLock::new();

/// The runtime of a forked process.
static FORKED: Mutex<Option<Background>> = Mutex::new(None);

/// Returns the background runtime of this process, if it has started.
fn started() -> Option<&'static Handle> {
    let (first, process) = (FIRST.get()?, std::process::id());
    let here = |background: &Background| background.process == process;
    let started = Some(*first).filter(here).or_else(|| (*forked()).filter(here))?;
    Some(started.handle)
}

fn forked() -> MutexGuard<'static, Option<Background>> {
    FORKED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the background runtime. If it cannot start, the next call tries again.
fn runtime() -> Result<&'static Handle, String> {
    static STARTING: Mutex<()> = Mutex::new(());
    if let Some(started) = started() {
        return Ok(started);
    }
    let _starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    // Another thread may have started it in the meantime.
    if let Some(started) = started() {
        return Ok(started);
    }
    let handle =
        start().map_err(|error| format!("the background runtime cannot start: {error}"))?;
    let background = Background { process: std::process::id(), handle };
    if let Err(background) = FIRST.set(background) {
        *forked() = Some(background);
    }
    Ok(handle)
}

fn start() -> io::Result<&'static Handle> {
    // Tokio panics if there are no threads left, so this tries it first.
    thread::Builder::new().spawn(|| ())?.join().unwrap_or_default();
    let runtime = builder().thread_name("connectors-client").enable_all().build()?;
    // It runs as long as the process. In a forked process its destructor would wait forever.
    Ok(Box::leak(Box::new(runtime)).handle())
}

#[cfg(not(target_family = "wasm"))]
fn builder() -> Builder {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1);
    builder
}

/// WebAssembly has no threads, so blocking calls fail there before this.
#[cfg(target_family = "wasm")]
fn builder() -> Builder {
    Builder::new_current_thread()
}

/// Runs code of the caller that may block, such as a body stream or a callback. On the background
/// runtime its other tasks go on in the meantime. On a runtime of the caller it runs as it is.
pub(crate) fn isolate<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(not(target_family = "wasm"))]
    if is_current() {
        return tokio::task::block_in_place(work);
    }
    work()
}

/// Returns true if this thread is in the context of a background runtime.
#[cfg(not(target_family = "wasm"))]
fn is_current() -> bool {
    let Some(first) = FIRST.get() else { return false };
    let Some(id) = Handle::try_current().ok().map(|handle| handle.id()) else { return false };
    let is_forked = || forked().is_some_and(|forked| forked.handle.id() == id);
    first.handle.id() == id || (first.process != std::process::id() && is_forked())
}

/// Returns true if this thread is polling a task. Waiting would block it and other tasks of its
/// runtime.
///
/// `Handle::try_current` is not enough: it also succeeds in `spawn_blocking` and `block_in_place`,
/// where waiting is allowed. But only a polling thread has a limited cooperation budget. Taking
/// units exhausts it, and dropping them gives them back. An `unconstrained` task has no budget and
/// is not noticed.
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
