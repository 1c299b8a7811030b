//! Rules for the failures that are retried.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

use crate::endpoint::RetryCause;
use crate::error::{Error, ErrorKind};

/// Failures that are retried, or not, other than by default. See
/// [`RetryPolicy::retry_on`](crate::RetryPolicy::retry_on).
///
/// No rule makes a call execute twice: a call whose request may have been executed is retried only
/// if it is idempotent or has an idempotency key, whatever a rule says. A 429 is the one exception,
/// as it is by default. The maximum number of retries, the timeouts and the retry budget hold too.
///
/// Rules are about attempts. A response that does not fit the return type, and a success that says
/// that it has failed, are not retried.
///
/// Of several rules for one failure, the last one decides. The rules of a call come before those of
/// its endpoint, and these before those of the client.
///
/// ```
/// use connectors_client::{Client, ErrorKind, RequestOptions, RetryOn, RetryPolicy};
///
/// let rules = RetryOn::from([409, 425])
///     .status_with_retry_after(403)
///     .error(ErrorKind::Protocol)
///     .never_status(500);
/// let client = Client::builder("https://api.example.com")
///     .retry(RetryPolicy::default().retry_on(rules))
///     .build()?;
/// let call = RequestOptions::new().retry_on(423);
/// # let _ = call;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
#[derive(Clone, Default)]
pub struct RetryOn {
    rules: Vec<(RetryCause, bool)>,
    decide: Option<Decide>,
    obeys_header: Option<bool>,
}

type Decide = Arc<dyn Fn(&Error) -> Option<bool> + Send + Sync>;

/// Returns true if a rule is about this failure.
fn is_about(cause: RetryCause, error: &Error) -> bool {
    let status = error.status().filter(|_| error.kind() == ErrorKind::Api);
    let is_status = |wanted| status.is_some_and(|status| status.as_u16() == wanted);
    match cause {
        RetryCause::Status(status) => is_status(status),
        RetryCause::StatusWithRetryAfter(status) => {
            is_status(status) && error.retry_after().is_some()
        }
        RetryCause::Kind(kind) => error.kind().name() == kind,
        RetryCause::ShouldRetryHeader => false,
    }
}

/// Returns true if the rules of an endpoint obey `x-should-retry`, and false if they ignore it.
pub(crate) fn obeys_header(rules: &[(RetryCause, bool)]) -> Option<bool> {
    let rule = rules.iter().rev().find(|(cause, _)| *cause == RetryCause::ShouldRetryHeader);
    rule.map(|(_, obeys)| *obeys)
}

/// Returns the verdict of the last rule about this failure.
pub(crate) fn verdict(rules: &[(RetryCause, bool)], error: &Error) -> Option<bool> {
    let rule = rules.iter().rev().find(|(cause, _)| is_about(*cause, error));
    rule.map(|(_, is_retried)| *is_retried)
}

impl RetryOn {
    /// Returns no rules: failures are retried as by default.
    pub const fn new() -> Self {
        Self { rules: Vec::new(), decide: None, obeys_header: None }
    }

    /// Retries this error status.
    pub fn status(self, status: u16) -> Self {
        self.rule(RetryCause::Status(status), true)
    }

    /// Never retries this error status.
    pub fn never_status(self, status: u16) -> Self {
        self.rule(RetryCause::Status(status), false)
    }

    /// Retries this error status if the response has a `Retry-After`, as GitHub's 403 for a rate
    /// limit does.
    pub fn status_with_retry_after(self, status: u16) -> Self {
        self.rule(RetryCause::StatusWithRetryAfter(status), true)
    }

    /// Retries errors of this kind. `Build` and `Runtime` errors are never retried, nor is an error
    /// of the kind `Api`, whose statuses are named one by one.
    pub fn error(self, kind: ErrorKind) -> Self {
        self.rule(RetryCause::Kind(kind.name()), true)
    }

    /// Never retries errors of this kind.
    pub fn never_error(self, kind: ErrorKind) -> Self {
        self.rule(RetryCause::Kind(kind.name()), false)
    }

    /// Obeys or ignores the header `x-should-retry` of an error response, which some APIs send:
    /// `true` or `false`. It decides if no rule does. By default it is ignored.
    pub fn should_retry_header(mut self, obey: bool) -> Self {
        self.obeys_header = Some(obey);
        self
    }

    /// Decides by a function, which comes before all other rules of this value. It gets the error
    /// of an attempt, and returns `None` to leave it to the rules and defaults. It must not block.
    ///
    /// ```
    /// use connectors_client::RetryOn;
    ///
    /// let rules = RetryOn::new().decide(|error| {
    ///     let is_locked = error.message() == Some("database is locked");
    ///     is_locked.then_some(true)
    /// });
    /// ```
    pub fn decide(
        mut self,
        decide: impl Fn(&Error) -> Option<bool> + Send + Sync + 'static,
    ) -> Self {
        self.decide = Some(Arc::new(decide));
        self
    }

    fn rule(mut self, cause: RetryCause, is_retried: bool) -> Self {
        self.rules.push((cause, is_retried));
        self
    }

    /// Adds rules that come before these.
    pub(crate) fn and(mut self, later: Self) -> Self {
        self.rules.extend(later.rules);
        self.decide = later.decide.or(self.decide);
        self.obeys_header = later.obeys_header.or(self.obeys_header);
        self
    }

    /// Returns the verdict of these rules about a failure, if they have one.
    pub(crate) fn verdict(&self, error: &Error) -> Option<bool> {
        let decided = self.decide.as_ref().and_then(|decide| decide(error));
        decided.or_else(|| verdict(&self.rules, error))
    }

    /// Returns true if a function sees the error, which then has to be complete.
    pub(crate) fn has_function(&self) -> bool {
        self.decide.is_some()
    }

    pub(crate) fn obeys_header(&self) -> Option<bool> {
        self.obeys_header
    }
}

/// Returns the header `x-should-retry`.
pub(crate) fn should_retry(headers: &HeaderMap) -> Option<bool> {
    match headers.get("x-should-retry")?.as_bytes() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}

impl From<u16> for RetryOn {
    /// Retries this error status.
    fn from(status: u16) -> Self {
        Self::new().status(status)
    }
}

impl<const N: usize> From<[u16; N]> for RetryOn {
    /// Retries these error statuses.
    fn from(statuses: [u16; N]) -> Self {
        statuses.into_iter().fold(Self::new(), Self::status)
    }
}

impl From<ErrorKind> for RetryOn {
    /// Retries errors of this kind.
    fn from(kind: ErrorKind) -> Self {
        Self::new().error(kind)
    }
}

impl fmt::Debug for RetryOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryOn")
            .field("rules", &self.rules)
            .field("obeys_header", &self.obeys_header)
            .finish_non_exhaustive()
    }
}
