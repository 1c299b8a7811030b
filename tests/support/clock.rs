//! A clock for tests on real sockets: waits between attempts take no time, timeouts pass in real
//! time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use connectors_client::{Clock, SleepFuture};

/// Records the waits between attempts instead of waiting, and runs ahead of real time by their sum.
///
/// Clones share the record. A paused Tokio clock would not do: its timeouts expire while a socket
/// is being read.
#[derive(Clone, Debug, Default)]
pub struct TestClock {
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl TestClock {
    /// Returns a clock with an empty record.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the waits between attempts so far, in order.
    pub fn waits(&self) -> Vec<Duration> {
        self.record().clone()
    }

    /// Returns how far the clock is ahead of real time.
    fn advance(&self) -> Duration {
        self.record().iter().sum()
    }

    fn record(&self) -> MutexGuard<'_, Vec<Duration>> {
        // A panicked test leaves the record intact.
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

    fn sleep(&self, duration: Duration) -> SleepFuture {
        let clock = self.clone();
        // A wait is recorded when it is awaited. A future that is only created has not waited.
        Box::pin(async move { clock.record().push(duration) })
    }

    fn timer(&self, duration: Duration) -> SleepFuture {
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
    async fn a_timeout_passes_in_real_time() {
        let (real, clock) = (Instant::now(), TestClock::new());
        let limit = Duration::from_millis(20);
        clock.timer(limit).await;
        assert!(real.elapsed() >= limit);
        assert!(clock.waits().is_empty());
    }
}
