//! A call while it is observed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::{Method, StatusCode, Version};
use http_body::Body as _;

use super::facts::Outcome;
use super::observer::{AttemptReport, CallReport, Ended, Ending};
use super::spans::RequestSpan;
use super::{CallFacts, Observation, RequestFacts, StreamWatch, spans, url};
use crate::body::Body;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::retry::clock::ClientClock;
use crate::transport::Attempt;

/// An observed call, or `None` if there is no observer. Dropping it ends the call: if there is no
/// result yet, the caller has dropped the call.
#[derive(Default)]
pub(crate) struct Observed(Option<Box<ObservedCall>>);

struct ObservedCall {
    observation: Arc<Observation>,
    endpoint: &'static Endpoint,
    clock: ClientClock,
    started: Instant,
    state: Mutex<State>,
}

/// The state of an observed call.
struct State {
    /// Number of attempts.
    attempts: u32,
    /// Number of requests.
    requests: u32,
    /// The URL and the template of the first request.
    url: String,
    url_template: Option<String>,
    current: Option<Current>,
    ending: Ending,
    status: Option<StatusCode>,
    sent: bool,
    not_retried: Option<&'static str>,
}

/// The request that has not ended.
struct Current {
    facts: RequestFacts,
    span: RequestSpan,
    attempt: Attempt,
    /// The time at which it was sent.
    sent_at: Option<Instant>,
    status: Option<StatusCode>,
    version: Option<Version>,
    request_size: Option<u64>,
    response_size: Option<u64>,
    is_decompressed: bool,
}

/// A request that is about to be sent.
pub(crate) struct Outgoing<'a> {
    pub(crate) request: &'a http::Request<Body>,
    pub(crate) attempt: Attempt,
    /// The path of the base URL.
    pub(crate) base_path: &'a str,
    /// True if the URL was made from the endpoint's template.
    pub(crate) is_of_template: bool,
    /// True if the URL may hold a secret.
    pub(crate) has_secret: bool,
}

impl Observed {
    /// Begins a call.
    #[inline]
    pub(crate) fn begin(
        observation: &Arc<Observation>,
        endpoint: &'static Endpoint,
        clock: &ClientClock,
        started: Instant,
    ) -> Self {
        if observation.observers.is_empty() && !spans::are_enabled() {
            return Self(None);
        }
        Self(Some(ObservedCall::begin(observation, endpoint, clock, started)))
    }

    /// Begins a request: an attempt, or a redirect within one. It may still wait for credentials.
    pub(crate) fn request(&self, outgoing: &Outgoing<'_>) {
        if let Some(call) = &self.0 {
            call.request(outgoing);
        }
    }

    /// Notes that the request is sent now.
    pub(crate) fn sending(&self) {
        if let Some(call) = &self.0 {
            call.sending();
        }
    }

    /// Returns true if the call is observed.
    pub(crate) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Runs work in the span of the current request.
    #[inline]
    pub(crate) fn in_span<T>(&self, work: impl FnOnce() -> T) -> T {
        match self.0.as_ref().and_then(|call| call.span()) {
            Some(span) => span.in_scope(work),
            None => work(),
        }
    }

    /// Notes the head of a response.
    pub(crate) fn head(&self, response: &http::Response<Body>) {
        if let Some(call) = &self.0 {
            call.head(response);
        }
    }

    /// Notes that a redirect is followed.
    pub(crate) fn redirected(&self) {
        if let Some(call) = &self.0 {
            call.redirected();
        }
    }

    /// Notes the size of a response body that was read.
    pub(crate) fn body(&self, bytes: usize) {
        if let Some(call) = &self.0
            && let Some(current) = &mut call.state().current
        {
            current.response_size = u64::try_from(bytes).ok().filter(|_| !current.is_decompressed);
        }
    }

    /// Ends an attempt that has failed.
    pub(crate) fn attempt_failed(&self, error: &Error) {
        if let Some(call) = &self.0 {
            call.attempt_failed(error);
        }
    }

    /// Notes that the attempt is made again after a wait.
    pub(crate) fn retry(&self, wait: Duration, why: &str) {
        if let Some(call) = &self.0 {
            call.retry(wait, why);
        }
    }

    /// Notes that the call has waited for the limits of the client since then.
    pub(crate) fn waited(&self, since: Instant) {
        if let Some(call) = &self.0 {
            call.waited(since);
        }
    }

    /// Notes the error of the call.
    pub(crate) fn failed(&self, error: &Error) {
        if let Some(call) = &self.0 {
            call.failed(error);
        }
    }

    /// Notes that the call has a response, which is still to be decoded.
    pub(crate) fn succeeded(&self) {
        if let Some(call) = &self.0 {
            call.state().ending = Ending::Complete;
        }
    }

    /// Ends the call, whose response was decoded or not.
    pub(crate) fn decoded(self, error: Option<&Error>) {
        if let Some(error) = error {
            self.failed(error);
        }
    }

    /// Ends the call at the headers of a stream, and watches the stream.
    pub(crate) fn into_stream(self) -> Option<Box<StreamWatch>> {
        let call = self.0?;
        let state = call.state();
        StreamWatch::begin(call.endpoint, &call.clock, &state.url, state.attempts)
    }
}

/// Never shows the URL, which may have values.
impl std::fmt::Debug for Observed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Observed(..)")
    }
}

impl ObservedCall {
    #[cold]
    fn begin(
        observation: &Arc<Observation>,
        endpoint: &'static Endpoint,
        clock: &ClientClock,
        started: Instant,
    ) -> Box<Self> {
        Box::new(Self {
            observation: Arc::clone(observation),
            endpoint,
            clock: clock.clone(),
            started,
            state: Mutex::new(State {
                attempts: 0,
                requests: 0,
                url: String::new(),
                url_template: None,
                current: None,
                ending: Ending::Cancelled,
                status: None,
                sent: false,
                not_retried: None,
            }),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panicking observer leaves the state intact.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the time since then. A clock that is set back has not moved.
    fn since(&self, then: Instant) -> Duration {
        self.clock.now().saturating_duration_since(then)
    }

    fn request(&self, outgoing: &Outgoing<'_>) {
        let mut state = self.state();
        let facts = self.facts(outgoing, state.requests);
        let current = Current {
            span: RequestSpan::begin(&facts),
            attempt: outgoing.attempt,
            sent_at: None,
            status: None,
            version: None,
            request_size: outgoing.request.body().size_hint().exact(),
            response_size: None,
            is_decompressed: false,
            facts,
        };
        if state.requests == 0 {
            state.url.clone_from(&current.facts.url);
            state.url_template.clone_from(&current.facts.url_template);
        }
        state.current = Some(current);
    }

    fn sending(&self) {
        let now = self.clock.now();
        let mut state = self.state();
        let State { requests, attempts, current, .. } = &mut *state;
        if let Some(current) = current {
            *requests += 1;
            *attempts = current.attempt.number();
            current.sent_at = Some(now);
        }
    }

    fn facts(&self, outgoing: &Outgoing<'_>, resend_count: u32) -> RequestFacts {
        let (method, uri) = (outgoing.request.method(), outgoing.request.uri());
        let url_template = url::template(outgoing.base_path, self.endpoint);
        let shown = url_template.as_deref().filter(|_| outgoing.is_of_template);
        let url = if self.observation.shows_url_values && !outgoing.has_secret {
            uri.to_string()
        } else {
            url::redacted(uri, shown, self.endpoint)
        };
        RequestFacts {
            has_known_method: self.endpoint.is_declared() || is_known(method),
            method: method.clone(),
            server_address: url::address(uri).to_owned(),
            server_port: url::port(uri),
            url,
            url_template,
            resend_count,
        }
    }

    fn span(&self) -> Option<RequestSpan> {
        self.state().current.as_ref().map(|current| current.span.clone())
    }

    fn head(&self, response: &http::Response<Body>) {
        let (status, version) = (response.status(), response.version());
        let mut state = self.state();
        state.status = Some(status);
        state.sent = true;
        if let Some(current) = &mut state.current {
            (current.status, current.version) = (Some(status), Some(version));
            current.is_decompressed = response.body().is_decompressed();
            current.span.head(status, version);
        }
    }

    fn redirected(&self) {
        let status = self.state().status;
        self.end_request(Ending::Complete, true);
        if let Some(status) = status {
            self.with_facts(None, |facts| spans::redirected(facts, status));
        }
    }

    fn attempt_failed(&self, error: &Error) {
        let ending = Ending::Failed { kind: error.kind() };
        let mut state = self.state();
        state.ending = ending;
        state.sent |= error.may_have_executed();
        drop(state);
        self.end_request(ending, error.may_have_executed());
    }

    fn retry(&self, wait: Duration, why: &str) {
        let outcome = self.outcome();
        let error_type = outcome.ending.error_type(outcome.status);
        self.with_facts(error_type.as_deref(), |facts| spans::retry(facts, &outcome, wait, why));
        let mut state = self.state();
        (state.ending, state.status) = (Ending::Cancelled, None);
    }

    fn waited(&self, since: Instant) {
        let wait = self.since(since);
        // Anything shorter is not worth a line.
        if wait >= Duration::from_millis(1) {
            self.with_facts(None, |facts| spans::waited(facts, wait));
        }
    }

    fn failed(&self, error: &Error) {
        let mut state = self.state();
        state.ending = Ending::Failed { kind: error.kind() };
        state.status = error.status();
        state.attempts = error.attempts();
        state.sent = error.may_have_executed();
        state.not_retried = error.reason_not_retried();
        drop(state);
        self.with_facts(None, |facts| spans::words(facts, error));
    }

    fn outcome(&self) -> Outcome {
        let State { ending, status, not_retried, .. } = *self.state();
        Outcome { ending, status, not_retried }
    }

    fn with_facts(&self, error_type: Option<&str>, event: impl FnOnce(&CallFacts<'_>)) {
        let state = self.state();
        let (url, attempts) = (state.url.clone(), state.attempts);
        drop(state);
        let elapsed = self.since(self.started);
        event(&CallFacts { endpoint: self.endpoint, url: &url, attempts, elapsed, error_type });
    }

    /// Ends the current request, and tells the observers if it was sent.
    fn end_request(&self, ending: Ending, sent: bool) {
        let Some(current) = self.state().current.take() else { return };
        if let Some(error_type) = ending.error_type(current.status) {
            current.span.failed(&error_type);
        }
        current.span.end();
        let Some(sent_at) = current.sent_at else { return };
        let report = AttemptReport {
            ended: Ended {
                endpoint: self.endpoint,
                url_template: current.facts.url_template.as_deref(),
                status: current.status,
                ending,
                sent,
                duration: self.since(sent_at),
            },
            attempt: current.attempt,
            method: &current.facts.method,
            has_known_method: current.facts.has_known_method,
            server_address: &current.facts.server_address,
            server_port: current.facts.server_port,
            version: current.version,
            request_size: current.request_size,
            response_size: current.response_size,
        };
        self.observation.observers.iter().for_each(|observer| observer.attempt_ended(&report));
    }
}

impl Drop for ObservedCall {
    fn drop(&mut self) {
        let outcome = self.outcome();
        // A request that is dropped may have been sent.
        let is_sent = |current: &Current| current.sent_at.is_some();
        let is_open = self.state().current.as_ref().is_some_and(is_sent);
        let sent = self.state().sent || outcome.ending == Ending::Cancelled;
        self.end_request(outcome.ending, sent);
        let state = self.state();
        let ended = Ended {
            endpoint: self.endpoint,
            url_template: state.url_template.as_deref(),
            status: outcome.status,
            ending: outcome.ending,
            sent: state.sent || (is_open && outcome.ending == Ending::Cancelled),
            duration: self.since(self.started),
        };
        let (attempts, requests) = (state.attempts, state.requests);
        let report = CallReport { ended, attempts, requests };
        self.observation.observers.iter().for_each(|observer| observer.call_ended(&report));
        drop(state);
        let error_type = outcome.ending.error_type(outcome.status);
        self.with_facts(error_type.as_deref(), |facts| spans::call_ended(facts, &outcome));
    }
}

/// Returns true if the conventions know the method (RFC 9110, RFC 5789, and QUERY).
fn is_known(method: &Method) -> bool {
    const KNOWN: [&str; 10] =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"];
    KNOWN.contains(&method.as_str())
}
