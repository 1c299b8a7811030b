//! Time as the call loop sees it, so that tests hold it in their hands.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

use tokio::task::coop::unconstrained;

/// What [`Clock::sleep`] and [`Clock::timer`] return: `Box::pin(async move { .. })`.
pub type Wait = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells the time and waits. The default is Tokio's clock; a test gives one of its own to
/// [`ClientBuilder::clock`](crate::ClientBuilder::clock).
pub trait Clock: Send + Sync + 'static {
    /// The time that durations are measured with.
    fn now(&self) -> Instant;

    /// The time of day, which a `Retry-After` date is compared with.
    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Waits between two attempts.
    fn sleep(&self, duration: Duration) -> Wait;

    /// Ends when a limit has passed: it races the work that is limited. The default is [`sleep`](Self::sleep), so that a
    /// clock whose waits take no time needs one of its own, or all limits have passed at once.
    fn timer(&self, duration: Duration) -> Wait {
        self.sleep(duration)
    }
}

/// The clock of a client; Tokio's needs no allocation.
#[derive(Clone, Default)]
pub(crate) struct ClientClock(pub(crate) Option<std::sync::Arc<dyn Clock>>);

impl ClientClock {
    pub(crate) fn now(&self) -> Instant {
        self.0.as_ref().map_or_else(Instant::now, |clock| clock.now())
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

    /// Ends when a limit has passed.
    pub(crate) fn timer(&self, duration: Duration) -> Wait {
        match &self.0 {
            Some(clock) => clock.timer(duration),
            None => Box::pin(tokio::time::sleep(duration)),
        }
    }

    /// The same without an allocation.
    pub(crate) async fn limit(&self, duration: Duration) {
        match &self.0 {
            Some(clock) => clock.timer(duration).await,
            // Work that is always ready would use up the budget of its task, and the limit would never pass.
            None => unconstrained(tokio::time::sleep(duration)).await,
        }
    }
}

/// The result of the work, or `None` if the limit passes first. What comes of them at the same time is the work's.
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
