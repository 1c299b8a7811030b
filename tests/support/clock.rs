//! A clock for tests on real sockets: the waits between attempts take no time, the limits of real work do.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use connectors_client::{Clock, Wait};

/// Records the waits between attempts in place of waiting, and is ahead of the real time by their sum.
///
/// Clones share the record. A paused Tokio clock would not do: it lets limits pass while a socket is read.
#[derive(Clone, Debug, Default)]
pub struct TestClock {
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl TestClock {
    /// A clock that has not waited yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The waits between attempts so far, in order.
    pub fn waits(&self) -> Vec<Duration> {
        self.record().clone()
    }

    /// How far the clock is ahead of the real time.
    fn advance(&self) -> Duration {
        self.record().iter().sum()
    }

    fn record(&self) -> MutexGuard<'_, Vec<Duration>> {
        // A test that panicked left the record as it was.
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant::now() + self.advance()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now() + self.advance()
    }

    fn sleep(&self, duration: Duration) -> Wait {
        let clock = self.clone();
        // Recorded when it is awaited: a wait that is only made is none.
        Box::pin(async move { clock.record().push(duration) })
    }

    fn timer(&self, duration: Duration) -> Wait {
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wait_takes_no_time_but_is_recorded_and_moves_the_clock() {
        let (real, clock) = (Instant::now(), TestClock::new());
        let hour = Duration::from_secs(3600);
        let clone = clock.clone();
        clone.sleep(hour).await;
        drop(clone.sleep(hour));
        assert_eq!(clock.waits(), [hour]);
        assert!(real.elapsed() < hour && clock.now() >= real + hour);
        assert!(clock.system_time() > SystemTime::now());
    }

    #[tokio::test]
    async fn a_limit_passes_in_real_time() {
        let (real, clock) = (Instant::now(), TestClock::new());
        let limit = Duration::from_millis(20);
        clock.timer(limit).await;
        assert!(real.elapsed() >= limit);
        assert!(clock.waits().is_empty());
    }
}
