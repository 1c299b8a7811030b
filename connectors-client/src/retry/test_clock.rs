//! A clock for tests on real sockets: waits between attempts take no time, timeouts pass in real
//! time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use super::clock::{CENTURY, Clock, SleepFuture};

/// A clock for tests that use a real server. It records the waits between attempts instead of
/// waiting, and runs ahead of real time by their sum. Timeouts pass in real time.
///
/// Clones share the record. A paused Tokio clock would not do with a server: its timeouts expire
/// while a socket is being read. A [`Fake`](crate::Fake) has a clock of its own.
///
/// ```
/// use std::time::Duration;
/// use connectors_client::{Client, TestClock};
///
/// let clock = TestClock::new();
/// let client = Client::builder("http://localhost:8080").clock(clock.clone()).build()?;
/// // .. calls that are retried ..
/// assert!(clock.waits().iter().all(|wait| *wait < Duration::from_secs(10)));
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TestClock(Arc<Mutex<Passed>>);

#[derive(Debug, Default)]
struct Passed {
    waits: Vec<Duration>,
    /// The time by which the clock is ahead of real time.
    ahead: Duration,
}

impl TestClock {
    /// Creates a clock with an empty record.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the waits between attempts so far, in order.
    pub fn waits(&self) -> Vec<Duration> {
        self.passed().waits.clone()
    }

    /// Moves the clock ahead, without a wait on record. It is never ahead by more than 100 years.
    pub fn advance(&self, duration: Duration) {
        let mut passed = self.passed();
        passed.ahead = passed.ahead.saturating_add(duration).min(CENTURY);
    }

    fn ahead(&self) -> Duration {
        self.passed().ahead
    }

    fn passed(&self) -> MutexGuard<'_, Passed> {
        // A panicked test leaves the record intact.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant::now() + self.ahead()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now() + self.ahead()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        let clock = self.clone();
        // A wait is recorded when it is awaited. A future that is only created has not waited.
        Box::pin(async move {
            clock.passed().waits.push(duration);
            clock.advance(duration);
        })
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

    #[test]
    fn a_clock_that_is_moved_far_ahead_does_not_panic() {
        let (real, clock) = (Instant::now(), TestClock::new());
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert!(clock.now() >= real + CENTURY);
        assert!(clock.system_time() > SystemTime::now());
        assert!(clock.waits().is_empty());
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
