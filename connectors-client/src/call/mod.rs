//! The call loop, the only place that sends requests.
//!
//! ```text
//! assemble ─> Transport::send ─> follow redirects ─> read the body ─> accepted status: Response
//!     ▲                                                     │
//!     └────────────── wait ◀── RetryPolicy::wait ◀── the attempt's error
//! ```

mod authentication;
#[cfg(feature = "compression")]
mod compressed;
mod exchange;
mod limited;
mod observing;
mod parts;
mod reading;
mod received;
mod reconnect;
pub(crate) mod response_future;

use std::pin::{Pin, pin};
use std::time::{Duration, Instant};

use crate::body::Body;
use crate::client::Shared;
use crate::client::request_options::CallOptions;
use crate::endpoint::Endpoint;
use crate::endpoint::call_settings::CallSettings;
use crate::error::secrets::Secrets;
use crate::error::{Error, ErrorKind, Reach};
use crate::observation::Observed;
use crate::response::Response;
use crate::response::from_response::ResponseRules;
use crate::retry::clock::within;
use crate::retry::policy::{Failure, RetryPolicy};
#[cfg(feature = "recorder")]
use crate::transport::Streamed;
use crate::transport::layer::Stack;
use exchange::{Exchange, Redirect};
use limited::Places;
use observing::reason_of;
pub(crate) use parts::CallParts;
use reading::Begun;

/// Makes a call, with all its attempts.
pub(crate) async fn call(parts: Box<CallParts>, rules: ResponseRules) -> Result<Response, Error> {
    let mut call = CallLoop::new(parts, rules, Duration::MAX);
    let response = call.run().await?;
    call.finish(response)
}

/// Makes a call that is part of a longer operation, which has this much time left.
pub(crate) async fn call_within(
    parts: Box<CallParts>,
    left: Duration,
    rules: ResponseRules,
) -> Result<Response, Error> {
    let mut call = CallLoop::new(parts, rules, left);
    let response = call.run().await?;
    // The operation may keep the response while it waits, which is not part of the call.
    call.finish(response)?.decoded(Ok)
}

/// Turns a response that was read whole into a stream, within the limits of the call.
pub(crate) fn streamed_whole(mut parts: CallParts, response: Response) -> Response {
    let (CallSettings { max_item, idle_timeout, .. }, _) = parts.resolve();
    response.into_streamed(parts.client, max_item, idle_timeout)
}

/// The timeout that applies to an attempt.
struct Timeout {
    since: Instant,
    /// The time left at `since`.
    left: Duration,
    /// The owner of the timeout, for error texts: the attempt or the call.
    whose: &'static str,
    /// The configured duration, for error texts.
    set: Duration,
}

/// A call in progress.
struct CallLoop {
    parts: Box<CallParts>,
    endpoint: &'static Endpoint,
    settings: CallSettings,
    options: CallOptions,
    /// The idempotency key, by which the server recognises retries.
    key: Option<String>,
    rules: ResponseRules,
    started: Instant,
    /// The number of the current attempt, counted from 1.
    number: u32,
    /// Number of attempts that an HTTP/2 server has not processed. They are not retries and take no
    /// tokens of the budget.
    unprocessed: u32,
    /// True if the server may have executed an attempt.
    executed: bool,
    /// True if the call was sent once more with renewed credentials, which is no retry.
    replayed: bool,
    /// True if an operation leaves the call less time than its own timeout.
    is_cut: bool,
    observed: Observed,
}

impl CallLoop {
    fn new(mut parts: Box<CallParts>, rules: ResponseRules, left: Duration) -> Self {
        let (mut settings, mut options) = parts.resolve();
        let is_cut = left < settings.timeout;
        settings.timeout = settings.timeout.min(left);
        let endpoint = parts.request.endpoint;
        let headers = parts.request.built.as_ref().map(|built| built.headers());
        // A link is followed by GET, which needs no key.
        let is_followed = parts.request.link.is_some();
        let key = if is_followed { None } else { options.set_key(endpoint, headers) };
        #[cfg(feature = "compression")]
        if settings.compress.is_on() {
            // They keep the compressed body.
            options.0.get_or_insert_default();
        }
        let started = parts.client.shared.clock.now();
        let (number, unprocessed, executed, replayed) = (0, 0, false, false);
        let shared = &parts.client.shared;
        let observed = Observed::begin(&shared.observation, endpoint, &shared.clock, started);
        Self {
            parts,
            endpoint,
            settings,
            options,
            key,
            rules,
            started,
            number,
            unprocessed,
            executed,
            replayed,
            is_cut,
            observed,
        }
    }

    fn shared(&self) -> &Shared {
        &self.parts.client.shared
    }

    async fn run(&mut self) -> Result<Response, Error> {
        // The last attempt's error, which is returned if the next request cannot be built.
        let mut earlier: Option<Error> = None;
        loop {
            self.number += 1;
            // A scope of its own, so that the future has no room for the request.
            let result = {
                let mut assembled = match self.assemble(None) {
                    Ok(assembled) => assembled,
                    Err(error) => return Err(self.not_assembled(error, earlier)),
                };
                let mut places = None;
                if self.has_scheme() || self.shared().limits.is_some() {
                    // Boxed, because few clients have schemes or limits.
                    (assembled, places) = match Box::pin(self.enter(assembled)).await {
                        Ok(entered) => entered,
                        Err((error, reason)) => {
                            self.observed.attempt_failed(&error);
                            let earlier = earlier.map(|earlier| earlier.not_retried(reason));
                            return Err(self.last(earlier.unwrap_or(error)));
                        }
                    };
                }
                if let Err(error) = self.observe(&mut assembled, None) {
                    return Err(self.not_assembled(error, earlier));
                }
                self.attempt(assembled, places)
            }
            .await;
            let error = match result {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            // Boxed, because few attempts fail and the future would make all calls larger.
            earlier = Some(Box::pin(self.before_retry(error)).await?);
        }
    }

    /// Waits until a failed attempt is to be repeated, and returns its error. If it is not to be
    /// repeated, `Err` is the result of the call.
    async fn before_retry(&mut self, mut error: Error) -> Result<Error, Error> {
        self.observed.attempt_failed(&error);
        if self.is_refused(&error) {
            match self.renew(error).await {
                Ok(refusal) => {
                    self.observed.retry(Duration::ZERO, "the credentials were renewed");
                    return Ok(refusal);
                }
                Err(refusal) => error = refusal,
            }
        }
        self.unprocessed += u32::from(error.reach() == Reach::Unprocessed);
        let (error, verdict) = self.verdict(error);
        let wait = self.wait(&error, verdict);
        self.executed |= error.may_have_executed();
        let error = error.with_attempts(self.number, self.executed);
        let Some(wait) = wait else {
            return Err(self.last(error));
        };
        if let Some(reason) = self.obstacle(&error) {
            return Err(self.last(error.not_retried(reason)));
        }
        let Some(permit) = self.shared().retry_budget.take_after(&error) else {
            return Err(self.last(error.not_retried("too many calls of this client failed lately")));
        };
        self.observed.retry(wait, reason_of(&error, verdict));
        self.shared().clock.sleep(wait).await;
        permit.spend();
        Ok(error)
    }

    /// Returns the reason why the request body cannot be sent again.
    fn obstacle(&self, error: &Error) -> Option<&'static str> {
        // The server may have answered that the body is too large, so it is not sent a third time.
        if self.number > 1 && error.reach() == Reach::PartOfBody {
            return Some("the server does not take the request body");
        }
        let is_spent = self.parts.request.is_spent();
        is_spent.then_some("the request body is a stream, which is sent only once")
    }

    /// Adds to the response what it has from its call. A success can say that the call has failed.
    fn finish(mut self, mut response: Response) -> Result<Response, Error> {
        self.shared().retry_budget.give_back();
        self.observed.succeeded();
        response.set_attempts(self.number);
        response.set_key(self.key);
        self.parts.request.options = self.options.0;
        response.set_secrets(self.parts);
        response.set_observed(self.observed);
        response.unless_failed()
    }

    /// Returns the error of a request that cannot be built. An earlier attempt's error is the result.
    #[cold]
    fn not_assembled(&mut self, error: Error, earlier: Option<Error>) -> Error {
        let reason = "the request cannot be built again";
        self.last(earlier.map_or(error, |earlier| earlier.not_retried(reason)))
    }

    /// Adds the call's idempotency key to the final error.
    fn last(&mut self, error: Error) -> Error {
        let error = error.with_secrets(&self.secrets()).with_idempotency_key(self.key.take());
        self.observed.failed(&error);
        error
    }

    /// The secrets that the call sends.
    #[cold]
    fn secrets(&self) -> Secrets {
        self.parts.secrets_with(Some(&self.options))
    }

    /// Returns the verdict of the rules about the failure of an attempt. A function of the caller
    /// gets the error as the call would return it.
    #[cold]
    fn verdict(&self, error: Error) -> (Error, Option<bool>) {
        let error = if self.parts.asks_about_retries(&self.options) {
            error.with_secrets(&self.secrets()).with_attempts(self.number, self.executed)
        } else {
            error
        };
        let verdict = self.parts.retry_verdict(&self.options, &error);
        (error, verdict)
    }

    /// Returns the wait before the next attempt, or `None` if this error is the result.
    fn wait(&self, error: &Error, verdict: Option<bool>) -> Option<Duration> {
        if error.reach() == Reach::Unprocessed {
            return RetryPolicy::wait_unprocessed(
                self.unprocessed,
                self.remaining(),
                fastrand::f64(),
            );
        }
        self.shared().retry.wait(&Failure {
            attempt: self.number - self.unprocessed - u32::from(self.replayed),
            max_retries: self.settings.max_retries,
            kind: error.kind(),
            status: error.status(),
            sent: error.may_have_executed(),
            denied: error.reach() == Reach::Denied,
            idempotent: self.endpoint.is_idempotent()
                || self.key.is_some()
                || self.parts.request.link.is_some(),
            verdict,
            retry_after: error.retry_after(),
            remaining: self.remaining(),
            random: fastrand::f64(),
        })
    }

    /// Builds the request of the current attempt, or of a redirect within it.
    fn assemble(&self, redirect: Option<&Redirect>) -> Result<http::Request<Body>, Error> {
        let CallParts { client, request } = &*self.parts;
        let mut assembled =
            request.assemble(&client.shared, &self.options, self.rules.accept, self.number)?;
        #[cfg(feature = "recorder")]
        if client.shared.transport.reads_extensions() && self.rules.streams() {
            assembled.extensions_mut().insert(Streamed);
        }
        if let Some(redirect) = redirect {
            redirect.apply(&mut assembled);
        }
        #[cfg(feature = "compression")]
        let assembled =
            if self.settings.compress.is_on() { self.compressed(assembled)? } else { assembled };
        Ok(assembled)
    }

    /// Makes one attempt: sends the request and reads the response, within the attempt's timeout.
    fn attempt(
        &self,
        mut assembled: http::Request<Body>,
        places: Option<Places>,
    ) -> impl Future<Output = Result<Response, Error>> + Send {
        if let Some(hook) = &self.options.on_upload {
            let body = std::mem::take(assembled.body_mut());
            *assembled.body_mut() = body.with_progress(Some(hook), None);
        }
        let state = self.shared().transport.watch(&mut assembled);
        let timeout = self.attempt_timeout();
        let mut exchange = Exchange::new(self, assembled, state);
        // Not an async function, because that would keep a second copy of the request.
        async move {
            let mut timer = pin!(self.shared().clock.limit_since(timeout.since, timeout.left));
            let response = within(timer.as_mut(), Pin::new(&mut exchange)).await;
            let response = response.unwrap_or_else(|| self.no_response(&timeout, &mut exchange));
            let mut reading = match self.begin_reading(self.admitted(response?, places)) {
                Begun::Reading(reading) => reading,
                Begun::Done(result) => return result,
            };
            let end = within(timer, Pin::new(&mut reading.received)).await;
            self.end_reading(reading, end, &timeout)
        }
    }

    /// Returns the attempt's own timeout, or the rest of the call's timeout if that is shorter.
    fn attempt_timeout(&self) -> Timeout {
        let own = self.settings.attempt_timeout;
        let since = self.shared().clock.now();
        let remaining = self.remaining_at(since);
        if own <= remaining {
            Timeout { since, left: own, whose: "attempt", set: own }
        } else {
            Timeout { since, left: remaining, whose: "call", set: self.settings.timeout }
        }
    }

    /// Returns the rest of the whole call's timeout.
    fn remaining(&self) -> Duration {
        self.remaining_at(self.shared().clock.now())
    }

    fn remaining_at(&self, now: Instant) -> Duration {
        self.settings.timeout.saturating_sub(now.duration_since(self.started))
    }

    /// Returns the result of an exchange whose timeout expired: the response if it has arrived
    /// after all, or else the error. If the transport knows that nothing was sent, so does the
    /// error.
    #[cold]
    fn no_response(
        &self,
        timeout: &Timeout,
        exchange: &mut Exchange<'_>,
    ) -> Result<http::Response<Body>, Error> {
        let state = exchange.state.clone();
        match Stack::last_poll(state.as_deref(), Pin::new(exchange)) {
            Ok(response) => response,
            Err(true) => Err(self.expired(timeout, "there was no connection").not_sent()),
            Err(false) => Err(self.timed_out(timeout, "no response arrived")),
        }
    }

    fn timed_out(&self, timeout: &Timeout, what: &str) -> Error {
        self.shared().transport.timed_out(timeout.since);
        self.expired(timeout, what)
    }

    fn expired(&self, timeout: &Timeout, what: &str) -> Error {
        let Timeout { whose, set, .. } = timeout;
        let detail = format!("timed out: {what} within the {whose} timeout of {set:?}");
        Error::new(ErrorKind::Timeout, Some(self.endpoint), detail)
    }
}
