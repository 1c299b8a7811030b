//! A runtime for calls that end in a fake.

use std::cell::RefCell;

use tokio::runtime::{Builder, Runtime};

thread_local! {
    // Creating one runtime for each input would take longer than the checks.
    static RUNTIME: RefCell<Runtime> = RefCell::new(Builder::new_current_thread().enable_time().build().unwrap());
}

/// Runs a future to completion.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    RUNTIME.with_borrow(|runtime| runtime.block_on(future))
}
