//! A rate of requests.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::encode::RateLimit;
use crate::retry::clock::ClientClock;

/// Longest wait for a server's reset. A server that names a longer one is not believed.
const LONGEST_RESET: Duration = Duration::from_secs(3600);

/// The part of its length by which a period is prolonged.
const PROLONGED: u32 = 128;

/// At most a number of requests in any period.
pub(crate) struct Rate {
    /// The number of requests and the period, as given.
    given: Option<(u32, Duration)>,
    follows_server: bool,
    clock: ClientClock,
    /// Lets callers pass one by one, in the order in which they came.
    queue: Semaphore,
    /// Number of callers in the queue.
    waiting: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The last time that the clock has told.
    seen: Option<Instant>,
    /// Times of the last requests, oldest first, at most as many as the rate allows.
    starts: VecDeque<Instant>,
    server: Option<ServerLimit>,
}

/// The limit that the server named last.
struct ServerLimit {
    remaining: u64,
    reset: Instant,
    /// Earliest time of the next request.
    next: Instant,
}

/// A turn that comes too late.
pub(crate) struct NoPlace {
    pub(crate) wait: Duration,
    /// The rate, for the error's text.
    pub(crate) rate: String,
}

/// The first place of the queue. The next caller follows once it is dropped.
pub(crate) struct Turn<'a> {
    _first: Option<SemaphorePermit<'a>>,
    _place: InQueue<'a>,
}

impl Rate {
    pub(super) fn new(
        given: Option<(u32, Duration)>,
        follows_server: bool,
        clock: ClientClock,
    ) -> Self {
        Self {
            given,
            follows_server,
            clock,
            queue: Semaphore::new(1),
            waiting: AtomicUsize::new(0),
            state: Mutex::default(),
        }
    }

    pub(super) fn time_of_day(&self) -> SystemTime {
        self.clock.system_time()
    }

    pub(super) fn follows_server(&self) -> bool {
        self.follows_server
    }

    /// Waits for the turn. It fails at once if the turn comes later than `until`.
    pub(crate) async fn turn(&self, until: Option<Instant>) -> Result<Turn<'_>, NoPlace> {
        let place = InQueue::new(&self.waiting);
        self.check(place.ahead, until)?;
        // The semaphore is never closed.
        let turn = Turn { _first: self.queue.acquire().await.ok(), _place: place };
        self.due(until).await?;
        Ok(turn)
    }

    /// Waits until the rate allows a request. It fails at once if that comes later than `until`.
    pub(crate) async fn due(&self, until: Option<Instant>) -> Result<(), NoPlace> {
        loop {
            self.check(0, until)?;
            let wait = self.wait(0);
            if wait.is_zero() {
                return Ok(());
            }
            self.clock.sleep(wait).await;
        }
    }

    fn check(&self, ahead: usize, until: Option<Instant>) -> Result<(), NoPlace> {
        let wait = self.wait(ahead);
        let now = self.clock.now();
        if until.is_none_or(|until| wait <= until.saturating_duration_since(now)) {
            return Ok(());
        }
        Err(NoPlace { wait, rate: self.shown() })
    }

    fn shown(&self) -> String {
        match self.given {
            Some((requests, period)) => format!("the rate of {requests} requests per {period:?}"),
            None => "the server's rate limit".to_owned(),
        }
    }

    /// Returns the time until the turn of a caller with this number of callers before it.
    fn wait(&self, ahead: usize) -> Duration {
        let (now, state) = self.now();
        self.wait_in(&state, now, ahead)
    }

    fn wait_in(&self, state: &State, now: Instant, ahead: usize) -> Duration {
        let own = self.given.map(|(requests, period)| {
            let period = period.saturating_add(period / PROLONGED);
            state.next(now, requests, period, ahead)
        });
        let server = state.server.as_ref().filter(|server| now < server.reset);
        let server = server.map(|server| server.next.saturating_duration_since(now));
        own.max(server).unwrap_or_default()
    }

    /// Takes note of the limit that a response names.
    pub(super) fn learn(&self, facts: &RateLimit) {
        let (Some(remaining), Some(reset)) = (facts.remaining, facts.reset) else { return };
        let is_close = facts.limit.is_none_or(|limit| remaining <= limit / 5);
        let (now, mut state) = self.now();
        if !is_close || reset > LONGEST_RESET {
            state.server = None;
            return;
        }
        let mut limit = ServerLimit { remaining, reset: now + reset, next: now };
        // Requests under way are not in `remaining` yet.
        if let Some(known) = state.server.take().filter(|known| now < known.reset) {
            limit.remaining = limit.remaining.min(known.remaining);
            limit.next = known.next.min(limit.reset);
        }
        if limit.remaining == 0 {
            limit.next = limit.reset;
        }
        state.server = Some(limit);
    }

    /// Returns the time and the state. The state is locked first, so that callers agree about the
    /// order of their times, and only a clock that is set back tells an earlier one.
    fn now(&self) -> (Instant, MutexGuard<'_, State>) {
        // A panic of the caller's clock leaves the state intact.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        state.follow(now);
        (now, state)
    }
}

/// Counts a request in all rates, the narrowest first. If one of them does not allow it yet, it
/// counts in none, and the position of that one is the error.
pub(crate) fn take(rates: &[Option<&Rate>]) -> Result<(), usize> {
    let mut states: Vec<_> = rates.iter().map(|rate| rate.map(|rate| (rate, rate.now()))).collect();
    for (position, state) in states.iter().enumerate() {
        if let Some((rate, (now, state))) = state
            && !rate.wait_in(state, *now, 0).is_zero()
        {
            return Err(position);
        }
    }
    for (rate, (now, state)) in states.iter_mut().flatten() {
        state.take(*now, rate.given.map(|(requests, _)| requests));
    }
    Ok(())
}

impl State {
    /// Moves times that are ahead of a clock that was set back, or callers would wait as much longer.
    fn follow(&mut self, now: Instant) {
        let seen = self.seen.replace(now).unwrap_or(now);
        let back = seen.saturating_duration_since(now);
        if back.is_zero() {
            return;
        }
        for time in &mut self.starts {
            *time = (*time).min(now);
        }
        for time in self.server.iter_mut().flat_map(|server| [&mut server.reset, &mut server.next])
        {
            *time = time.checked_sub(back).unwrap_or(now);
        }
    }

    /// Returns the time until the turn of a caller with this number of callers before it. A request
    /// can start once the one that came `requests` before it is `period` ago.
    fn next(&self, now: Instant, requests: u32, period: Duration, ahead: usize) -> Duration {
        let (requests, known) = (requests as usize, self.starts.len());
        // Requests are counted from the oldest known one as 1.
        let before = (known + 1 + ahead).saturating_sub(requests);
        // The one before may not have started either, and then one before that counts.
        let steps = before.saturating_sub(known).div_ceil(requests);
        let oldest = before.saturating_sub(steps * requests).checked_sub(1);
        let since = oldest.and_then(|oldest| self.starts.get(oldest));
        let first = since.map_or(Duration::ZERO, |since| {
            period.saturating_sub(now.saturating_duration_since(*since))
        });
        first.saturating_add(period.saturating_mul(u32::try_from(steps).unwrap_or(u32::MAX)))
    }

    /// Counts a request.
    fn take(&mut self, now: Instant, requests: Option<u32>) {
        if let Some(requests) = requests {
            self.push(now, requests);
        }
        if let Some(server) = &mut self.server {
            server.take(now);
        }
    }

    fn push(&mut self, now: Instant, requests: u32) {
        if self.starts.len() >= requests as usize {
            self.starts.pop_front();
        }
        self.starts.push_back(now);
    }
}

impl ServerLimit {
    /// Counts a request and spreads the rest over the time that is left.
    fn take(&mut self, now: Instant) {
        self.remaining = self.remaining.saturating_sub(1);
        let left = self.reset.saturating_duration_since(now);
        let parts = u32::try_from(self.remaining + 1).unwrap_or(u32::MAX);
        self.next = now + left / parts;
    }
}

/// A caller in the queue.
struct InQueue<'a> {
    waiting: &'a AtomicUsize,
    /// Number of callers before it.
    ahead: usize,
}

impl<'a> InQueue<'a> {
    fn new(waiting: &'a AtomicUsize) -> Self {
        Self { waiting, ahead: waiting.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for InQueue<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}
