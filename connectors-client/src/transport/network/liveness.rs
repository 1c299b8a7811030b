//! Tells a slow endpoint from a dead connection.

use std::sync::Arc;
#[cfg(feature = "hyper")]
use std::sync::atomic::AtomicBool;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::retry::clock::ClientClock;

/// When the HTTP/2 connections of a pool last brought something of a response. Other frames are no
/// sign of life: a server can send PING and SETTINGS forever, and never respond.
pub(in crate::transport) struct Heard {
    pub(in crate::transport) clock: ClientClock,
    /// The times are counted from here.
    from: Instant,
    /// In nanoseconds.
    last: AtomicU64,
    /// True once a connection carries HTTP/2.
    #[cfg(feature = "hyper")]
    pub(in crate::transport) multiplexes: AtomicBool,
}

impl Heard {
    pub(in crate::transport) fn new(clock: ClientClock) -> Self {
        Self {
            from: clock.now(),
            clock,
            last: AtomicU64::new(0),
            #[cfg(feature = "hyper")]
            multiplexes: AtomicBool::new(false),
        }
    }

    /// Records an arrival and returns its time.
    fn record(&self) -> u64 {
        let time = self.clock.now().saturating_duration_since(self.from);
        let time = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        self.last.store(time, Ordering::Relaxed);
        time
    }

    /// Forgets an arrival, unless there was a later one.
    fn forget(&self, time: u64) {
        let _ = self.last.compare_exchange(time, 0, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Returns true if something arrived after this time.
    pub(in crate::transport) fn is_after(&self, time: Instant) -> bool {
        let last = Duration::from_nanos(self.last.load(Ordering::Relaxed));
        self.from.checked_add(last).is_some_and(|last| last > time)
    }
}

/// The last arrival of one response. A response that stalls is no sign that its connection is alive,
/// so dropping this before the end of the body forgets it.
pub(in crate::transport) struct Arrival {
    heard: Arc<Heard>,
    last: u64,
}

impl Arrival {
    /// Records the headers of a response.
    pub(in crate::transport) fn new(heard: Arc<Heard>) -> Self {
        Self { last: heard.record(), heard }
    }

    /// Records a chunk of the body, or its end. A complete response proves for good that the
    /// connection was alive.
    pub(in crate::transport) fn record(&mut self, is_end: bool) {
        let time = self.heard.record();
        self.last = if is_end { u64::MAX } else { time };
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        self.heard.forget(self.last);
    }
}
