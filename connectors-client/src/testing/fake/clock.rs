//! The clock of a fake's clients: time that passes at once.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use crate::retry::clock::{CENTURY, Clock, SleepFuture};

/// A clock whose time only passes while something waits, and then at once.
///
/// The next wait or timeout to end is the one with the earliest time, so a timeout that is shorter
/// than a delay expires. While nothing waits, no time passes and no timeout expires.
#[derive(Clone)]
pub(super) struct FakeClock {
    started: (Instant, SystemTime),
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    now: Duration,
    /// Number of waits and timeouts so far. It distinguishes two that end at the same time.
    count: u64,
    /// The task of each wait and timeout, by its end.
    pending: BTreeMap<(Duration, u64), Option<Waker>>,
}

impl Default for FakeClock {
    fn default() -> Self {
        Self { started: (Instant::now(), SystemTime::now()), state: Arc::default() }
    }
}

impl FakeClock {
    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is complete in itself.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn until(&self, duration: Duration, is_wait: bool) -> SleepFuture {
        let clock = self.clone();
        Box::pin(async move {
            let mut entry = Entry::new(clock, duration, is_wait);
            poll_fn(|context| entry.poll(context)).await;
        })
    }
}

/// A wait or timeout, which is forgotten when it is dropped.
struct Entry {
    clock: FakeClock,
    key: (Duration, u64),
    is_wait: bool,
    /// The time and the number of waits at the last poll.
    seen: Option<(Duration, u64)>,
}

impl Entry {
    fn new(clock: FakeClock, duration: Duration, is_wait: bool) -> Self {
        let mut state = clock.state();
        state.count += 1;
        let key = (state.now.saturating_add(duration).min(CENTURY), state.count);
        state.pending.insert(key, None);
        drop(state);
        Self { clock, key, is_wait, seen: None }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        // Time passes once nothing else has happened since the last poll: other tasks may begin waits
        // that end earlier, and those whose wait has just ended must see it first.
        let is_quiet = self.seen.take() == Some((state.now, state.count));
        if self.is_wait && is_quiet {
            state.advance();
        } else {
            self.seen = Some((state.now, state.count));
        }
        if state.now >= self.key.0 {
            return Poll::Ready(());
        }
        state.pending.insert(self.key, Some(context.waker().clone()));
        drop(state);
        if self.is_wait {
            context.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

impl State {
    /// Moves to the earliest end that is still to come, and wakes the tasks of those that are over.
    fn advance(&mut self) {
        let now = self.now;
        let mut ends = self.pending.keys().map(|(end, _)| *end);
        let Some(next) = ends.find(|end| *end > now) else { return };
        self.now = next;
        for (_, task) in self.pending.range_mut(..=(next, u64::MAX)) {
            if let Some(waker) = task.take() {
                waker.wake();
            }
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.clock.state().pending.remove(&self.key);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Instant {
        self.started.0 + self.state().now
    }

    fn system_time(&self) -> SystemTime {
        self.started.1 + self.state().now
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        self.until(duration, true)
    }

    fn timer(&self, duration: Duration) -> SleepFuture {
        self.until(duration, false)
    }
}
