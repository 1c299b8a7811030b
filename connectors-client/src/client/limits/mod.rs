//! Limits of the requests that a client makes: how many at once, and how many in a time.

mod rate;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use tokio::sync::Semaphore;

use crate::encode::RateLimit;
use crate::error::ConfigError;
use crate::retry::clock::ClientClock;
pub(crate) use rate::{NoPlace, Rate};

/// Limits of a group of endpoints, for
/// [`ClientBuilder::limit_group`](crate::ClientBuilder::limit_group). The builder has the same
/// methods for the whole client. By default nothing is limited.
///
/// ```
/// use std::time::Duration;
/// use connectors_client::{Client, Limits};
///
/// let client = Client::builder("https://api.example.com")
///     .max_in_flight(32)
///     .rate(100, Duration::from_secs(1))
///     // For the endpoints with `limit = "search"`, in addition.
///     .limit_group("search", Limits::new().rate(30, Duration::from_secs(60)))
///     .build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
///
/// Calls wait in the order in which they came. The wait counts towards the timeout of the call, but
/// not of the attempt. A call that is dropped gives its place back. If the turn of a call in a rate
/// would come after its timeout, it fails at once with a [`Timeout`](crate::ErrorKind::Timeout)
/// error that states the wait. Nothing was sent then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    max_in_flight: Option<usize>,
    rate: Option<(u32, Duration)>,
    follows_server: bool,
}

impl Limits {
    /// Returns no limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Limits the requests that are in flight at once. The minimum is 1.
    ///
    /// A request counts until its response has been read: for a stream, until it ends or is
    /// dropped. It does not count while the call waits before a retry.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = Some(requests);
        self
    }

    /// Sets the maximum number of requests, at least 1, in any period of this length.
    ///
    /// Each attempt counts, and each redirect. The first `requests` are sent at once, and each
    /// later one as soon as the period allows it. The period is prolonged by 1/128, because
    /// requests do not all take the same time to reach the server.
    pub fn rate(mut self, requests: u32, period: Duration) -> Self {
        self.rate = Some((requests, period));
        self
    }

    /// Slows down before the server refuses requests, by the [`RateLimit`] of its responses.
    ///
    /// Once only a fifth of the limit is left, the remaining requests are spread over the time
    /// until the reset; if the server names no limit, they always are. If none remain, nothing is
    /// sent before the reset.
    pub fn follow_rate_limit(mut self) -> Self {
        self.follows_server = true;
        self
    }

    fn check(&self) -> Result<(), ConfigError> {
        if self.max_in_flight == Some(0) {
            return Err(ConfigError::new("`max_in_flight` must be at least 1"));
        }
        if self.max_in_flight.is_some_and(|requests| requests > Semaphore::MAX_PERMITS) {
            let most = Semaphore::MAX_PERMITS;
            return Err(ConfigError::new(format!("`max_in_flight` can be at most {most}")));
        }
        match self.rate {
            Some((0, _)) => Err(ConfigError::new("a `rate` must be at least 1 request")),
            Some((_, Duration::ZERO)) => {
                Err(ConfigError::new("the period of a `rate` must be longer than zero"))
            }
            _ => Ok(()),
        }
    }
}

/// The limits of a client as they are given.
#[derive(Clone, Debug, Default)]
pub(crate) struct GivenLimits {
    pub(crate) client: Limits,
    pub(crate) groups: HashMap<String, Limits>,
}

/// The limits of a client, at work.
pub(crate) struct ClientLimits {
    client: Limiter,
    groups: HashMap<String, Limiter>,
}

impl ClientLimits {
    /// Returns `None` if there is no limit.
    pub(crate) fn new(
        given: &GivenLimits,
        clock: &ClientClock,
    ) -> Result<Option<Arc<Self>>, ConfigError> {
        if given.client == Limits::default() && given.groups.is_empty() {
            return Ok(None);
        }
        given.client.check()?;
        for (group, limits) in &given.groups {
            limits
                .check()
                .map_err(|error| ConfigError::new(format!("group `{group}`: {error}")))?;
        }
        let limiter = |limits| Limiter::new(limits, clock);
        let groups =
            given.groups.iter().map(|(group, limits)| (group.clone(), limiter(limits))).collect();
        Ok(Some(Arc::new(Self { client: limiter(&given.client), groups })))
    }

    /// Returns the limits that apply to an endpoint, the narrowest first.
    pub(crate) fn of(&self, group: Option<&str>) -> impl Iterator<Item = &Limiter> {
        group.and_then(|group| self.groups.get(group)).into_iter().chain([&self.client])
    }
}

/// Limits at work.
pub(crate) struct Limiter {
    /// The places of requests in flight, and their number.
    pub(crate) places: Option<(Arc<Semaphore>, usize)>,
    pub(crate) rate: Option<Rate>,
}

impl Limiter {
    fn new(limits: &Limits, clock: &ClientClock) -> Self {
        let places = limits.max_in_flight.map(|places| (Arc::new(Semaphore::new(places)), places));
        let has_rate = limits.rate.is_some() || limits.follows_server;
        let rate = has_rate.then(|| Rate::new(limits.rate, limits.follows_server, clock.clone()));
        Self { places, rate }
    }

    /// Takes note of the server's own limit.
    pub(crate) fn learn(&self, headers: &HeaderMap) {
        if let Some(rate) = self.rate.as_ref().filter(|rate| rate.follows_server())
            && let Some(facts) = RateLimit::of(headers)
        {
            rate.learn(&facts);
        }
    }
}
