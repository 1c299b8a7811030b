//! Keeps a token for all calls, and renews it once for all of them.
//!
//! ```text
//! obtained ──── valid ────┬─ renewed early ─┬─ calls wait ─┐ expires
//!                      renew_at          stale_at       expires_at
//! ```
//!
//! All times are of the client's clock, as a caller sees it. The clock of the background runtime
//! may be another one in tests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::AccessToken;
use crate::Secret;
use crate::client::authenticate::AuthError;
use crate::retry::clock::ClientClock;
use crate::runtime::background;

/// Least time between two renewals that refusals cause.
const MIN_BETWEEN_FORCED: Duration = Duration::from_secs(10);

/// Longest time before its expiry in which a token is renewed early.
const MAX_EARLY: Duration = Duration::from_secs(300);

/// Longest time before its expiry in which calls wait for the next token.
const MAX_LEEWAY: Duration = Duration::from_secs(10);

const FIRST_BACKOFF: Duration = Duration::from_millis(500);
const MAX_BACKOFF: Duration = Duration::from_secs(30);

/// Work that obtains a token, with its value as it is sent.
pub(super) trait Renew {
    fn clock(&self) -> &ClientClock;

    /// Returns the work, which ends by its own timeout.
    fn renewing(&self) -> impl Future<Output = Renewed> + Send + 'static;
}

/// A token and its value as it is sent.
pub(super) type Renewed = Result<(AccessToken, Secret), AuthError>;

#[derive(Default)]
pub(super) struct TokenCache(Mutex<State>);

#[derive(Default)]
struct State {
    held: Option<Held>,
    renewal: Option<Renewal>,
    failure: Option<Failure>,
    /// The time of the last renewal that a refusal caused.
    forced_at: Option<Instant>,
}

/// A token as it is sent. A time that is `None` never comes.
#[derive(Clone)]
struct Held {
    value: Secret,
    renew_at: Option<Instant>,
    stale_at: Option<Instant>,
    expires_at: Option<Instant>,
}

impl Held {
    fn new(value: Secret, asked_at: Instant, lifetime: Option<Duration>, random: f64) -> Self {
        let at = |early: Duration| asked_at.checked_add(lifetime?.saturating_sub(early));
        let life = lifetime.unwrap_or_default();
        let early = (life / 5).min(MAX_EARLY).mul_f64(0.5 + random / 2.0);
        let (renew_at, stale_at) = (at(early), at((life / 20).min(MAX_LEEWAY)));
        Self { value, renew_at, stale_at, expires_at: at(Duration::ZERO) }
    }
}

fn is_past(time: Option<Instant>, now: Instant) -> bool {
    time.is_some_and(|time| now >= time)
}

/// The last renewals, which failed.
struct Failure {
    count: u32,
    /// The time before which no other renewal begins.
    until: Instant,
    error: AuthError,
}

/// A renewal on its way.
#[derive(Clone)]
pub(super) struct Renewal {
    result: watch::Receiver<Option<Result<Secret, AuthError>>>,
    /// The process that drives it. A process that was forked meanwhile does not have its task.
    process: u32,
}

impl Renewal {
    /// Waits for the new token.
    pub(super) async fn finished(mut self) -> Result<Secret, AuthError> {
        let ended = || AuthError::new("the renewal of the token ended without a result");
        let result = self.result.wait_for(Option::is_some).await.map_err(|_| ended())?;
        result.clone().unwrap_or_else(|| Err(ended()))
    }
}

/// A token to send, or the renewal to wait for.
pub(super) enum Lookup {
    Ready(Secret),
    Wait(Renewal),
    Failed(AuthError),
}

/// The consequence of a refusal.
pub(super) enum Refusal {
    /// The token has been renewed since.
    Renewed,
    /// The token was renewed so recently that another renewal would not help.
    Recent,
    Wait(Renewal),
    Failed(AuthError),
}

impl TokenCache {
    /// Returns the token. A renewal begins if it is due.
    pub(super) fn lookup(self: &Arc<Self>, renew: &impl Renew) -> Lookup {
        let now = renew.clock().now();
        let mut state = self.lock();
        let Some(held) = state.held.clone().filter(|held| !is_past(held.expires_at, now)) else {
            return match self.begin(&mut state, renew, now) {
                Ok(renewal) => Lookup::Wait(renewal),
                Err(error) => Lookup::Failed(error),
            };
        };
        if !is_past(held.renew_at, now) {
            return Lookup::Ready(held.value);
        }
        match self.begin(&mut state, renew, now) {
            Ok(renewal) if is_past(held.stale_at, now) => Lookup::Wait(renewal),
            // Its failure harms no call while the token is valid.
            _ => Lookup::Ready(held.value),
        }
    }

    /// Returns the token if it has not expired.
    pub(super) fn valid(&self, now: Instant) -> Option<Secret> {
        let state = self.lock();
        let held = state.held.as_ref().filter(|held| !is_past(held.expires_at, now));
        held.map(|held| held.value.clone())
    }

    /// Reports that the server has refused this value. A renewal begins, unless there is another
    /// token already.
    pub(super) fn refuse(self: &Arc<Self>, refused: &[u8], renew: &impl Renew) -> Refusal {
        let now = renew.clock().now();
        let mut state = self.lock();
        if state.held.as_ref().is_some_and(|held| held.value.expose().as_bytes() != refused) {
            return Refusal::Renewed;
        }
        if state.renewal.is_none() {
            let again_at = state.forced_at.and_then(|at| at.checked_add(MIN_BETWEEN_FORCED));
            if again_at.is_some_and(|again_at| now < again_at) {
                return Refusal::Recent;
            }
            state.forced_at = Some(now);
        }
        match self.begin(&mut state, renew, now) {
            Ok(renewal) => Refusal::Wait(renewal),
            Err(error) => Refusal::Failed(error),
        }
    }

    /// Begins a renewal, or joins the one on its way. Returns the last error if that was recent.
    fn begin(
        self: &Arc<Self>,
        state: &mut State,
        renew: &impl Renew,
        now: Instant,
    ) -> Result<Renewal, AuthError> {
        let process = std::process::id();
        if let Some(renewal) = state.renewal.as_ref().filter(|other| other.process == process) {
            return Ok(renewal.clone());
        }
        if let Some(failure) = state.failure.as_ref().filter(|failure| now < failure.until) {
            return Err(failure.error.clone());
        }
        let (sender, result) = watch::channel(None);
        let (cache, clock, renewing) = (Arc::clone(self), renew.clock().clone(), renew.renewing());
        let task = async move {
            let began = clock.now();
            let renewed = renewing.await;
            let took = clock.now().saturating_duration_since(began);
            let _ = sender.send(Some(cache.end(renewed, now, took)));
        };
        background::spawn(task).map_err(AuthError::new)?;
        let renewal = Renewal { result, process };
        state.renewal = Some(renewal.clone());
        Ok(renewal)
    }

    /// Keeps the result of a renewal that began at `began` and took `took`.
    fn end(&self, renewed: Renewed, began: Instant, took: Duration) -> Result<Secret, AuthError> {
        let mut state = self.lock();
        state.renewal = None;
        match renewed {
            Ok((token, value)) => {
                state.failure = None;
                let held = Held::new(value.clone(), began, token.expires_in, fastrand::f64());
                state.held = Some(held);
                Ok(value)
            }
            Err(error) => {
                let count = state.failure.as_ref().map_or(0, |failure| failure.count) + 1;
                let wait = took.saturating_add(backoff(count, fastrand::f64()));
                let until = began.checked_add(wait).unwrap_or(began);
                state.failure = Some(Failure { count, until, error: error.clone() });
                Err(error)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the wait after so many failures: random, at least half of its bound.
fn backoff(failures: u32, random: f64) -> Duration {
    let bound = FIRST_BACKOFF.saturating_mul(1 << (failures - 1).min(16)).min(MAX_BACKOFF);
    bound.mul_f64(0.5 + random / 2.0)
}
