//! The clock used by the call loop. Tests substitute their own.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

use tokio::task::coop::unconstrained;

/// The time by which clocks for tests can be ahead, since instants have a maximum.
pub(crate) const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// Future returned by [`Clock::sleep`] and [`Clock::timer`]: `Box::pin(async move { .. })`.
pub type SleepFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells the time and waits. The default is Tokio's clock, which a test can pause by
/// `tokio::time::pause`. A test can also pass a [`TestClock`](crate::TestClock) or its own clock to
/// [`ClientBuilder::clock`](crate::ClientBuilder::clock).
pub trait Clock: Send + Sync + 'static {
    /// Returns the monotonic time, which measures durations.
    fn now(&self) -> Instant;

    /// Returns the time of day, which is compared with a `Retry-After` date.
    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Waits between two attempts.
    fn sleep(&self, duration: Duration) -> SleepFuture;

    /// Completes when a timeout expires. It races the limited work. The default is
    /// [`sleep`](Self::sleep). A clock whose `sleep` takes no time must implement `timer` too, or
    /// every timeout expires at once.
    fn timer(&self, duration: Duration) -> SleepFuture {
        self.sleep(duration)
    }
}

/// The clock of a client. Tokio's needs no allocation.
#[derive(Clone, Default)]
pub(crate) struct ClientClock(pub(crate) Option<std::sync::Arc<dyn Clock>>);

impl ClientClock {
    pub(crate) fn now(&self) -> Instant {
        self.0.as_ref().map_or_else(|| tokio::time::Instant::now().into_std(), |clock| clock.now())
    }

    pub(crate) fn system_time(&self) -> SystemTime {
        self.0.as_ref().map_or_else(SystemTime::now, |clock| clock.system_time())
    }

    pub(crate) async fn sleep(&self, duration: Duration) {
        match &self.0 {
            Some(clock) => clock.sleep(duration).await,
            None => tokio::time::sleep(duration).await,
        }
    }

    /// Waits like [`sleep`](Self::sleep), as a future that can be kept.
    pub(crate) fn wait(&self, duration: Duration) -> SleepFuture {
        match &self.0 {
            Some(clock) => clock.sleep(duration),
            None => Box::pin(tokio::time::sleep(duration)),
        }
    }

    /// Completes when a timeout expires.
    pub(crate) fn timer(&self, duration: Duration) -> SleepFuture {
        match &self.0 {
            Some(clock) => clock.timer(duration),
            None => Box::pin(tokio::time::sleep(duration)),
        }
    }

    /// Completes when a timeout expires. Needs no allocation.
    pub(crate) fn limit(&self, duration: Duration) -> impl Future<Output = ()> {
        self.limit_since(self.now(), duration)
    }

    /// Completes when a timeout expires that began now, at this time.
    pub(crate) async fn limit_since(&self, now: Instant, duration: Duration) {
        match &self.0 {
            Some(clock) => clock.timer(duration).await,
            // Work that is always ready would use up the budget of its task, and the timer would
            // never be ready.
            None => unconstrained(sleep_since(now, duration)).await,
        }
    }
}

/// Sleeps like Tokio's `sleep`, without asking for the time again.
fn sleep_since(now: Instant, duration: Duration) -> tokio::time::Sleep {
    match now.checked_add(duration) {
        Some(end) => tokio::time::sleep_until(end.into()),
        None => tokio::time::sleep(duration),
    }
}

/// Returns the result of the work, or `None` if the timeout expires first. If both are ready, the
/// result wins.
pub(crate) async fn within<T>(
    mut limit: Pin<&mut impl Future<Output = ()>>,
    mut work: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    poll_fn(|context| {
        if let Poll::Ready(value) = work.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        limit.as_mut().poll(context).map(|()| None)
    })
    .await
}

impl fmt::Debug for ClientClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "given" } else { "tokio" })
    }
}
