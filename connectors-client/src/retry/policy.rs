//! Decides if and when a failed attempt is retried: a pure decision on plain data.
//!
//! | failure | retried |
//! |---|---|
//! | never sent (no connection) | always |
//! | 429 | always, because the server refused the request |
//! | 408, 500, 502, 503, 504, interrupted, timed out | if the call is idempotent |
//! | a proxy refuses to connect, anything else | never |
//!
//! The rules of a client, an endpoint or a call change this table, but not the condition that a
//! call that may have been executed is idempotent.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

use super::retry_on::RetryOn;
use crate::error::ErrorKind;

/// Maximum number of retries and the waits before them.
///
/// The wait is random, between zero and a bound that doubles from attempt to attempt ("full
/// jitter"). If the server sends `Retry-After`, that is the wait. [`ErrorKind`](crate::ErrorKind)
/// documents the failures that are retried by default; [`retry_on`](Self::retry_on) changes them.
///
/// All clones of a client share a budget of 500 tokens. A retry takes 14, or 5 after a 429, and a
/// success returns one. If too few are left, a call fails without a retry. So a server that fails
/// on 1,000 calls gets 35 requests more, or 100 if every response is a 429.
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    pub(crate) max_retries: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
    pub(crate) max_retry_after: Duration,
    pub(crate) retry_on: RetryOn,
}

impl Default for RetryPolicy {
    /// 2 retries, up to 500 ms before the first and up to 1 s before the second.
    fn default() -> Self {
        Self {
            max_retries: 2,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
            retry_on: RetryOn::new(),
        }
    }
}

impl RetryPolicy {
    /// Sets the maximum number of retries of a call. The default is 2.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Sets the maximum wait before the first retry. It doubles with each further one. The default
    /// is 500 ms.
    pub fn initial_backoff(mut self, backoff: Duration) -> Self {
        self.initial_backoff = backoff;
        self
    }

    /// Sets the maximum wait before any retry without a `Retry-After`. The default is 20 s.
    pub fn max_backoff(mut self, backoff: Duration) -> Self {
        self.max_backoff = backoff;
        self
    }

    /// Sets the maximum wait that a server may ask for. If it asks for more, the call fails at
    /// once, and [`Error::retry_after`](crate::Error::retry_after) returns the wait. The default is
    /// 60 s.
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// Adds rules for the failures that are retried: statuses, kinds of errors, `x-should-retry`, or
    /// a function. Rules given later come first.
    ///
    /// ```
    /// use connectors_client::{ErrorKind, RetryOn, RetryPolicy};
    ///
    /// let policy = RetryPolicy::default()
    ///     .retry_on([409, 425])
    ///     .retry_on(ErrorKind::Protocol)
    ///     .retry_on(RetryOn::new().status_with_retry_after(403).should_retry_header(true));
    /// ```
    pub fn retry_on(mut self, rules: impl Into<RetryOn>) -> Self {
        self.retry_on = self.retry_on.and(rules.into());
        self
    }

    /// Returns the wait before the next attempt, or `None` if there is no further attempt.
    pub(crate) fn wait(&self, failure: &Failure) -> Option<Duration> {
        if failure.attempt > failure.max_retries || !failure.may_be_retried() {
            return None;
        }
        let wait = match failure.retry_after {
            Some(wait) if wait > self.max_retry_after => return None,
            Some(wait) => wait,
            None => part(self.backoff(failure.attempt), failure.random),
        };
        (wait < failure.remaining).then_some(wait)
    }

    /// Returns the wait before a request that an HTTP/2 server has not processed is sent again, or
    /// `None` if that happened too often. `times` counts these answers. The first one needs no
    /// wait, because the server tells its limit or closes the connection at that time.
    pub(crate) fn wait_unprocessed(
        times: u32,
        remaining: Duration,
        random: f64,
    ) -> Option<Duration> {
        const MAX_TIMES: u32 = 8;
        const STEP: Duration = Duration::from_millis(20);
        let wait = part(STEP * (1 << times.clamp(1, MAX_TIMES)), random);
        let wait = if times == 1 { Duration::ZERO } else { wait };
        (times <= MAX_TIMES && wait < remaining).then_some(wait)
    }

    /// Returns a random wait after this attempt, up to its backoff.
    pub(crate) fn jittered(&self, attempt: u32) -> Duration {
        part(self.backoff(attempt), fastrand::f64())
    }

    /// Returns the maximum wait after this attempt.
    fn backoff(&self, attempt: u32) -> Duration {
        let factor = 1u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        self.initial_backoff.saturating_mul(factor).min(self.max_backoff)
    }
}

/// Returns a fraction of a duration.
fn part(duration: Duration, part: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * part.clamp(0.0, 1.0)).unwrap_or(duration)
}

/// The parts of a failed attempt that the decision needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure {
    /// Number of the attempt, counted from 1.
    pub(crate) attempt: u32,
    pub(crate) max_retries: u32,
    pub(crate) kind: ErrorKind,
    pub(crate) status: Option<StatusCode>,
    /// True if this attempt may have reached the server.
    pub(crate) sent: bool,
    /// True if a proxy refused to connect to the server.
    pub(crate) denied: bool,
    pub(crate) idempotent: bool,
    /// The verdict of the rules, if they have one.
    pub(crate) verdict: Option<bool>,
    pub(crate) retry_after: Option<Duration>,
    /// Time left of the call's timeout.
    pub(crate) remaining: Duration,
    /// Fraction of the backoff to wait, from 0 to 1.
    pub(crate) random: f64,
}

impl Failure {
    fn may_be_retried(&self) -> bool {
        match self.verdict {
            Some(false) => false,
            // A rule cannot make a call execute twice.
            Some(true) => self.is_retried_by_default() || self.may_follow_a_rule(),
            None => self.is_retried_by_default(),
        }
    }

    fn may_follow_a_rule(&self) -> bool {
        let is_possible = !matches!(self.kind, ErrorKind::Build | ErrorKind::Runtime);
        is_possible && !self.denied && (!self.sent || self.idempotent)
    }

    fn is_retried_by_default(&self) -> bool {
        match (self.kind, self.status.map(|status| status.as_u16())) {
            (ErrorKind::Api, Some(429)) => true,
            (ErrorKind::Api, Some(408 | 500 | 502 | 503 | 504)) => self.idempotent,
            _ if self.denied => false,
            (ErrorKind::Connect | ErrorKind::Interrupted | ErrorKind::Timeout, _) => {
                !self.sent || self.idempotent
            }
            _ => false,
        }
    }
}

/// Returns the wait that a server asks for: `retry-after-ms`, else `Retry-After` (RFC 9110 section
/// 10.2.3) in seconds, with fractions, or as a date. A date in the past is no wait. Invalid values
/// and negative numbers are ignored.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| Some(headers.get(name)?.to_str().ok()?.trim());
    let milliseconds = text("retry-after-ms").and_then(decimal).map(|number| number / 1000.0);
    if let Some(wait) = milliseconds.and_then(duration) {
        return Some(wait);
    }
    let text = text("retry-after")?;
    match decimal(text) {
        Some(seconds) => duration(seconds),
        None => date(text, now),
    }
}

/// Parses a plain decimal number. `f64::from_str` also accepts `inf`, `NaN` and `1e9`.
fn decimal(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if plain { text.parse().ok() } else { None }
}

/// Converts seconds. A number that is too large becomes `Duration::MAX`.
fn duration(seconds: f64) -> Option<Duration> {
    (seconds >= 0.0).then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

fn date(text: &str, now: SystemTime) -> Option<Duration> {
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(kind: ErrorKind, status: Option<u16>, idempotent: bool) -> Failure {
        Failure {
            attempt: 1,
            max_retries: 2,
            kind,
            status: status.map(|status| StatusCode::from_u16(status).unwrap()),
            sent: true,
            denied: false,
            idempotent,
            verdict: None,
            retry_after: None,
            remaining: Duration::from_secs(300),
            random: 1.0,
        }
    }

    fn is_retried(failure: Failure) -> bool {
        RetryPolicy::default().wait(&failure).is_some()
    }

    #[test]
    fn a_refusal_is_retried_for_every_call() {
        assert!(is_retried(failure(ErrorKind::Api, Some(429), false)));
        assert!(is_retried(Failure { sent: false, ..failure(ErrorKind::Connect, None, false) }));
    }

    #[test]
    fn only_idempotent_calls_are_retried_after_sending() {
        for status in [408, 500, 502, 503, 504] {
            assert!(is_retried(failure(ErrorKind::Api, Some(status), true)), "{status}");
            assert!(!is_retried(failure(ErrorKind::Api, Some(status), false)), "{status}");
        }
        for kind in [ErrorKind::Interrupted, ErrorKind::Timeout] {
            assert!(is_retried(failure(kind, None, true)), "{kind:?}");
            assert!(!is_retried(failure(kind, None, false)), "{kind:?}");
        }
    }

    #[test]
    fn permanent_failures_are_never_retried() {
        for status in [400, 401, 404, 409, 422, 425, 498, 501, 505, 599] {
            assert!(!is_retried(failure(ErrorKind::Api, Some(status), true)), "{status}");
        }
        for kind in [
            ErrorKind::Build,
            ErrorKind::Tls,
            ErrorKind::Protocol,
            ErrorKind::Decode,
            ErrorKind::TooLarge,
        ] {
            assert!(!is_retried(failure(kind, None, true)), "{kind:?}");
        }
    }

    /// Every failure, with every verdict: a rule never makes a call execute twice.
    #[test]
    fn a_rule_never_retries_what_may_have_been_executed() {
        let kinds = [
            ErrorKind::Build,
            ErrorKind::Connect,
            ErrorKind::Tls,
            ErrorKind::Timeout,
            ErrorKind::Interrupted,
            ErrorKind::Protocol,
            ErrorKind::Redirect,
            ErrorKind::TooLarge,
            ErrorKind::Decode,
            ErrorKind::Api,
            ErrorKind::StreamTruncated,
            ErrorKind::Runtime,
        ];
        let statuses = (100..1000).map(Some).chain([None]);
        for (kind, status) in statuses.flat_map(|status| kinds.map(|kind| (kind, status))) {
            let unkeyed = Failure { verdict: Some(true), ..failure(kind, status, false) };
            assert_eq!(is_retried(unkeyed), (kind, status) == (ErrorKind::Api, Some(429)));
            let is_possible = !matches!(kind, ErrorKind::Build | ErrorKind::Runtime);
            assert_eq!(
                is_retried(Failure { idempotent: true, ..unkeyed }),
                is_possible,
                "{kind:?}"
            );
            assert_eq!(is_retried(Failure { sent: false, ..unkeyed }), is_possible, "{kind:?}");
            assert!(!is_retried(Failure { idempotent: true, verdict: Some(false), ..unkeyed }));
            let denied = Failure { denied: true, sent: false, ..unkeyed };
            assert_eq!(is_retried(denied), (kind, status) == (ErrorKind::Api, Some(429)));
        }
    }

    #[test]
    fn the_bound_doubles_up_to_its_limit_and_never_overflows() {
        let wait = |attempt| {
            let failure = failure(ErrorKind::Api, Some(429), true);
            RetryPolicy::default().wait(&Failure { attempt, max_retries: u32::MAX, ..failure })
        };
        assert_eq!(wait(1), Some(Duration::from_millis(500)));
        assert_eq!(wait(2), Some(Duration::from_secs(1)));
        assert_eq!(wait(7), Some(Duration::from_secs(20)));
        assert_eq!(wait(4_000_000), Some(Duration::from_secs(20)));
    }

    #[test]
    fn the_wait_is_a_random_fraction_of_the_bound() {
        let wait = |random| {
            RetryPolicy::default()
                .wait(&Failure { random, ..failure(ErrorKind::Api, Some(429), true) })
        };
        assert_eq!(wait(0.0), Some(Duration::ZERO));
        assert_eq!(wait(0.5), Some(Duration::from_millis(250)));
    }

    #[test]
    fn a_wait_beyond_the_maximum_or_the_timeout_ends_the_call() {
        let asked = |seconds| Failure {
            retry_after: Some(Duration::from_secs(seconds)),
            ..failure(ErrorKind::Api, Some(503), true)
        };
        assert_eq!(RetryPolicy::default().wait(&asked(60)), Some(Duration::from_secs(60)));
        assert_eq!(RetryPolicy::default().wait(&asked(61)), None);
        let short = Failure { remaining: Duration::from_secs(5), ..asked(5) };
        assert_eq!(RetryPolicy::default().wait(&short), None);
    }

    #[test]
    fn retry_after_is_read_in_all_forms() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_767);
        let read = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            retry_after(&headers, now)
        };
        let seconds = |seconds| Some(Duration::from_secs_f64(seconds));
        assert_eq!(read("retry-after", "3"), seconds(3.0));
        assert_eq!(read("retry-after", " 3 "), seconds(3.0));
        assert_eq!(read("retry-after", "1.5"), seconds(1.5));
        assert_eq!(read("retry-after", "0"), seconds(0.0));
        assert_eq!(read("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), seconds(10.0));
        assert_eq!(read("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT"), seconds(10.0));
        assert_eq!(read("retry-after", "Sun Nov  6 08:49:37 1994"), seconds(10.0));
        assert_eq!(read("retry-after", "Sun, 06 Nov 1994 08:49:17 GMT"), seconds(0.0));
        assert_eq!(read("retry-after-ms", "250.5"), seconds(0.2505));
        assert_eq!(read("retry-after", "99999999999999999999999999"), Some(Duration::MAX));
        for invalid in ["", "-1", "abc", "1, 2", "NaN", "inf", "1e3", "..", "1.2.3", "+1"] {
            assert_eq!(read("retry-after", invalid), None, "{invalid:?}");
            assert_eq!(read("retry-after-ms", invalid), None, "{invalid:?}");
        }
    }
}
