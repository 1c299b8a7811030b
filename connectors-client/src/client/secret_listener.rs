//! Tells recorders which texts of responses are secrets.
//!
//! Only decoding knows where a response has a `Secret`. A listener hears each one that this process
//! decodes, by whatever code, so that no return type, stream or error class has to pass it on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// A recorder that keeps responses.
pub(crate) trait SecretListener: Send + Sync {
    /// Hears a secret that a client sends below its layers, or within an argument. `name` stands for
    /// it if nothing else names it.
    fn secret_sent(&self, name: &str, secret: &str);

    /// Hears a secret that was decoded.
    fn secret_read(&self, secret: &str);

    /// Hears of a body, or an item of one, that could not be decoded. It may hold secrets that were
    /// not reached.
    fn unreadable(&self, body: &[u8]);
}

static LISTENERS: Mutex<Vec<Weak<dyn SecretListener>>> = Mutex::new(Vec::new());

/// True once there was a listener, so that processes without one need no lock.
static IS_HEARD: AtomicBool = AtomicBool::new(false);

/// Adds a listener, which is told as long as it lives.
#[cfg(feature = "recorder")]
pub(crate) fn listen(listener: Weak<dyn SecretListener>) {
    let mut listeners = LISTENERS.lock().unwrap_or_else(PoisonError::into_inner);
    listeners.retain(|other| other.strong_count() > 0);
    listeners.push(listener);
    IS_HEARD.store(true, Ordering::Release);
}

/// Tells each listener.
pub(crate) fn tell(what: impl Fn(&dyn SecretListener)) {
    if !cfg!(feature = "recorder") || !IS_HEARD.load(Ordering::Acquire) {
        return;
    }
    let listeners = LISTENERS.lock().unwrap_or_else(PoisonError::into_inner);
    let alive: Vec<Arc<_>> = listeners.iter().filter_map(Weak::upgrade).collect();
    // A listener may end here, and its end may need the lock.
    drop(listeners);
    for listener in alive {
        what(&*listener);
    }
}
