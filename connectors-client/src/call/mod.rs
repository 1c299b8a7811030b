//! The call loop, the only place that sends requests.
//!
//! ```text
//! assemble ─> Transport::send ─> follow redirects ─> read the body ─> accepted status: Response
//!     ▲                                                     │
//!     └────────────── wait ◀── RetryPolicy::wait ◀── the attempt's error
//! ```

mod parts;
mod received;
mod reconnect;
pub(crate) mod response_future;

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, LOCATION};
use http::response::Parts;
use http::{HeaderMap, Method, StatusCode};

use crate::body::Body;
use crate::client::Shared;
use crate::client::base_url;
use crate::client::request_options::CallOptions;
use crate::encode::media_type::MediaType;
use crate::endpoint::Endpoint;
use crate::endpoint::call_settings::CallSettings;
use crate::endpoint::matcher::matches;
use crate::error::excerpt;
use crate::error::secrets::Secrets;
use crate::error::{Error, ErrorKind, Reach, Reply, TransportError};
use crate::response::from_response::{BodyMode, ResponseRules};
use crate::response::reply_stream::{Head, ReplyStream};
use crate::response::{Response, decode};
use crate::retry::clock::within;
use crate::retry::policy::{self, Failure, RetryPolicy};
use crate::transport::Attempt;
use crate::transport::layer::SendState;
pub(crate) use parts::CallParts;
use received::{End, Received};

use NotFollowed::{OtherMethod, TooManyHops};

/// Maximum number of redirects of one attempt.
const MAX_REDIRECTS: u32 = 10;

/// The reason why a redirect within the origin is not followed.
#[derive(Clone, Copy)]
enum NotFollowed {
    TooManyHops,
    OtherMethod,
}

/// Makes a call, with all its attempts.
pub(crate) async fn call(
    mut parts: Box<CallParts>,
    rules: ResponseRules,
) -> Result<Response, Error> {
    let (settings, options) = parts.resolve();
    run(parts, settings, options, rules).await
}

/// Makes a call that is part of a longer operation, which has this much time left.
pub(crate) async fn call_within(
    mut parts: Box<CallParts>,
    left: Duration,
    rules: ResponseRules,
) -> Result<Response, Error> {
    let (mut settings, options) = parts.resolve();
    settings.timeout = settings.timeout.min(left);
    run(parts, settings, options, rules).await
}

async fn run(
    parts: Box<CallParts>,
    settings: CallSettings,
    mut options: CallOptions,
    rules: ResponseRules,
) -> Result<Response, Error> {
    let endpoint = parts.request.endpoint;
    let key = options.set_key(endpoint, parts.request.built.as_ref().map(|built| built.headers()));
    let started = parts.client.shared.clock.now();
    let (number, unprocessed, executed) = (0, 0, false);
    CallLoop {
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
    }
    .run()
    .await
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
}

impl CallLoop {
    fn shared(&self) -> &Shared {
        &self.parts.client.shared
    }

    async fn run(mut self) -> Result<Response, Error> {
        // The last attempt's error, which is returned if the next request cannot be built.
        let mut earlier: Option<Error> = None;
        loop {
            self.number += 1;
            let assembled = match (self.assemble(), earlier.take()) {
                (Ok(assembled), _) => assembled,
                (Err(_), Some(earlier)) => {
                    return Err(self.last(earlier.not_retried("the request cannot be built again")));
                }
                (Err(error), None) => return Err(self.last(error)),
            };
            let error = match self.attempt(assembled).await {
                Ok(mut response) => {
                    self.shared().retry_budget.give_back();
                    response.set_attempts(self.number);
                    response.set_key(self.key);
                    self.parts.request.options = self.options.0;
                    response.set_secrets(self.parts);
                    return Ok(response);
                }
                Err(error) => error,
            };
            self.unprocessed += u32::from(error.reach() == Reach::Unprocessed);
            let wait = self.wait(&error);
            self.executed |= error.may_have_executed();
            let error = error.with_attempts(self.number, self.executed);
            let Some(wait) = wait else {
                return Err(self.last(error));
            };
            // It may have answered that the body is too large, so the body is not sent a third
            // time.
            if self.number > 1 && error.reach() == Reach::PartOfBody {
                let error = error.not_retried("the server does not take the request body");
                return Err(self.last(error));
            }
            if self.parts.request.is_spent() {
                let error =
                    error.not_retried("the request body is a stream, which is sent only once");
                return Err(self.last(error));
            }
            let Some(permit) = self.shared().retry_budget.take_after(&error) else {
                return Err(
                    self.last(error.not_retried("too many calls of this client failed lately"))
                );
            };
            // Boxed, because few calls wait and the future would make all calls larger.
            Box::pin(self.shared().clock.sleep(wait)).await;
            permit.spend();
            earlier = Some(error);
        }
    }

    /// Adds the call's idempotency key to the final error.
    fn last(&mut self, error: Error) -> Error {
        error.with_secrets(&self.secrets()).with_idempotency_key(self.key.take())
    }

    /// The secrets that the call sends.
    #[cold]
    fn secrets(&self) -> Secrets {
        self.parts.secrets_with(Some(&self.options))
    }

    /// Returns the wait before the next attempt, or `None` if this error is the result.
    fn wait(&self, error: &Error) -> Option<Duration> {
        if error.reach() == Reach::Unprocessed {
            return RetryPolicy::wait_unprocessed(
                self.unprocessed,
                self.remaining(),
                fastrand::f64(),
            );
        }
        self.shared().retry.max_retries(self.settings.max_retries).wait(&Failure {
            attempt: self.number - self.unprocessed,
            kind: error.kind(),
            status: error.status(),
            sent: error.may_have_executed(),
            denied: error.reach() == Reach::Denied,
            idempotent: self.endpoint.is_idempotent() || self.key.is_some(),
            retry_after: error.retry_after(),
            remaining: self.remaining(),
            random: fastrand::f64(),
        })
    }

    /// Builds the request of the current attempt.
    fn assemble(&self) -> Result<http::Request<Body>, Error> {
        let CallParts { client, request } = &*self.parts;
        let assembled =
            request.assemble(&client.shared, &self.options, self.rules.accept, self.number)?;
        match &self.options.on_upload {
            None => Ok(assembled),
            hook => Ok(assembled.map(|body| body.with_progress(hook.as_ref(), None))),
        }
    }

    /// Makes one attempt: sends the request and reads the response, within the attempt's timeout.
    async fn attempt(&self, mut assembled: http::Request<Body>) -> Result<Response, Error> {
        let state = self.shared().transport.watch(&mut assembled);
        let timeout = self.attempt_timeout();
        let mut timer = pin!(self.shared().clock.limit(timeout.left));
        let is_redirected = AtomicBool::new(false);
        let mut exchange = pin!(self.exchange(assembled, state.as_deref(), &is_redirected));
        let response = match within(timer.as_mut(), exchange.as_mut()).await {
            Some(response) => response,
            None => Err(self.no_response(&timeout, exchange, state.as_deref(), &is_redirected)),
        };
        let (head, mut body) = response?.into_parts();
        if let Some(hook) = &self.options.on_download {
            body = body.with_progress(Some(hook), content_length(&head.headers));
        }
        if self.endpoint.options.none_on == Some(head.status.as_u16()) {
            let reply = Reply { status: head.status, headers: head.headers, body: Bytes::new() };
            return Ok(Response::new(self.endpoint, reply));
        }
        let mode = (self.rules.accepts_status)(head.status)
            .then(|| (self.rules.body_mode)(head.status, &head.headers));
        if mode == Some(BodyMode::Streaming) {
            return self.stream(head, body);
        }
        let max = match mode {
            Some(BodyMode::Buffered) => self.settings.max_body,
            _ => self.settings.max_error_body,
        };
        let mut received = Received::new(max);
        let end = within(timer, pin!(received.read(body))).await;
        let body = received.bytes();
        match mode {
            Some(BodyMode::Buffered) => self.read_accepted(head, body, end, max, &timeout),
            Some(BodyMode::Unexpected(expected)) => Err(self.read_unexpected(expected, head, body)),
            _ => Err(self.read_error(head, body)),
        }
    }

    /// Returns the attempt's own timeout, or the rest of the call's timeout if that is shorter.
    fn attempt_timeout(&self) -> Timeout {
        let own = self.settings.attempt_timeout;
        let remaining = self.remaining();
        let since = self.shared().clock.now();
        if own <= remaining {
            Timeout { since, left: own, whose: "attempt", set: own }
        } else {
            Timeout { since, left: remaining, whose: "call", set: self.settings.timeout }
        }
    }

    /// Returns the rest of the whole call's timeout.
    fn remaining(&self) -> Duration {
        self.settings.timeout.saturating_sub(self.shared().clock.now().duration_since(self.started))
    }

    /// Returns the error of a timeout before the response headers. If there was no connection yet,
    /// nothing was sent.
    #[cold]
    fn no_response<T>(
        &self,
        timeout: &Timeout,
        exchange: Pin<&mut impl Future<Output = T>>,
        state: Option<&SendState>,
        is_redirected: &AtomicBool,
    ) -> Error {
        if !is_redirected.load(Ordering::Relaxed)
            && self.shared().transport.is_unsent(state, exchange)
        {
            return self.expired(timeout, "there was no connection").not_sent();
        }
        self.timed_out(timeout, "no response arrived")
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

    /// Sends the request. Follows redirects of GET and HEAD within the base URL's origin.
    async fn exchange(
        &self,
        assembled: http::Request<Body>,
        mut state: Option<&SendState>,
        is_redirected: &AtomicBool,
    ) -> Result<http::Response<Body>, Error> {
        let may_follow = matches!(*assembled.method(), Method::GET | Method::HEAD);
        let mut from = assembled.uri().clone();
        let mut sending = self.shared().transport.send(assembled);
        let mut hops = 0;
        loop {
            let mut response = sending.await.map_err(|error| self.unsuccessful(error, state))?;
            if !is_redirect(response.status()) {
                return Ok(response);
            }
            if !may_follow || hops == MAX_REDIRECTS {
                let reason = if may_follow { TooManyHops } else { OtherMethod };
                response.extensions_mut().insert(reason);
                return Ok(response);
            }
            let location = response.headers().get(LOCATION).map(base_url::header_text);
            let target = location.and_then(|to| self.shared().base.redirected(&from, &to));
            let Some(target) = target else { return Ok(response) };
            is_redirected.store(true, Ordering::Relaxed);
            from = target.clone();
            let mut redirected = self.assemble()?;
            *redirected.uri_mut() = target;
            hops += 1;
            if let Some(attempt) = redirected.extensions_mut().get_mut::<Attempt>() {
                *attempt = attempt.with_hop(hops);
            }
            // Requests that follow a redirect are always idempotent.
            state = None;
            sending = self.shared().transport.send(redirected);
        }
    }

    /// Returns the error of a request without a response.
    #[cold]
    fn unsuccessful(&self, error: TransportError, state: Option<&SendState>) -> Error {
        let error = match state {
            Some(state) => state.corrected(error),
            None => error,
        };
        Error::transport(self.endpoint, error)
    }

    /// Builds the response of an accepted status, or the error if its body is incomplete.
    fn read_accepted(
        &self,
        head: Parts,
        body: Bytes,
        end: Option<Result<(), End>>,
        max: usize,
        timeout: &Timeout,
    ) -> Result<Response, Error> {
        let error = match end {
            Some(Ok(())) => match self.unknown_encoding(&head).filter(|_| !body.is_empty()) {
                None => {
                    let reply = Reply { status: head.status, headers: head.headers, body };
                    return Ok(Response::new(self.endpoint, reply));
                }
                Some(detail) => Error::new(ErrorKind::Decode, Some(self.endpoint), detail),
            },
            Some(Err(End::Full)) => {
                let detail = format!("the response body is larger than the limit of {max} bytes");
                Error::new(ErrorKind::TooLarge, Some(self.endpoint), detail)
            }
            Some(Err(End::Broken(error))) => Error::transport(self.endpoint, error),
            None => self.timed_out(timeout, "the response body did not end"),
        };
        Err(error.with_reply(Reply { status: head.status, headers: head.headers, body }))
    }

    /// Returns an error text if the body is still encoded. A transport removes the encodings that
    /// it knows, and a body with another encoding cannot be decoded. A body that stays as it is
    /// stored may have any, and so may a part of one (206).
    fn unknown_encoding(&self, head: &Parts) -> Option<String> {
        let encoding = head.headers.get(CONTENT_ENCODING)?.to_str().unwrap_or("unknown");
        let is_as_stored = self.endpoint.options.without_decompression
            || head.status == StatusCode::PARTIAL_CONTENT;
        (!is_as_stored && !encoding.eq_ignore_ascii_case("identity") && !encoding.is_empty()).then(
            || {
                let encoding = excerpt(encoding, 64);
                format!("the response body has the encoding `{encoding}`, which was not requested")
            },
        )
    }

    /// Builds a response whose body is read as it arrives.
    fn stream(&self, head: Parts, body: Body) -> Result<Response, Error> {
        let unknown = self.unknown_encoding(&head);
        let Parts { status, headers, .. } = head;
        if let Some(detail) = unknown {
            let error = Error::new(ErrorKind::Decode, Some(self.endpoint), detail);
            return Err(error.with_reply(Reply { status, headers, body: Bytes::new() }));
        }
        let CallSettings { max_item, idle_timeout, .. } = self.settings;
        let (endpoint, secrets) = (self.endpoint, self.secrets());
        let head = Head { endpoint, status, headers, attempts: self.number, max_item, secrets };
        let stream = ReplyStream::new(self.parts.client.clone(), head, body, idle_timeout);
        Ok(Response::streamed(if self.endpoint.options.stream.resumes {
            stream.resumable(reconnect::reconnect(
                &self.parts,
                self.settings,
                &self.options,
                self.rules,
            ))
        } else {
            stream
        }))
    }

    /// Builds the error of a response that is not the expected stream. It keeps as much of the body
    /// as an error response does.
    fn read_unexpected(&self, expected: &str, head: Parts, body: Bytes) -> Error {
        let Parts { status, headers, .. } = head;
        if self.endpoint.options.stream.failed.iter().any(|matcher| matches(matcher, &body)) {
            let (attempts, max_item) = (self.number, 0);
            let (endpoint, secrets) = (self.endpoint, self.secrets());
            let head = Head { endpoint, status, headers, attempts, max_item, secrets };
            return head.reported(body);
        }
        let media_type = MediaType::of(&headers).map_or("of no type", MediaType::name);
        let detail = decode::not_a(media_type, &body, expected);
        Error::new(ErrorKind::Decode, Some(self.endpoint), detail).with_reply(Reply {
            status,
            headers,
            body,
        })
    }

    /// Describes a redirect that is not followed. Returns an empty text for any other response.
    fn redirect_detail(&self, head: &Parts) -> String {
        let location = head.headers.get(LOCATION).filter(|_| is_redirect(head.status));
        let Some(location) = location.map(base_url::header_text) else { return String::new() };
        let target = self.shared().base.describe_target(&location);
        match head.extensions.get() {
            Some(TooManyHops) => {
                format!("redirect to {target} not followed: at most {MAX_REDIRECTS} are")
            }
            Some(OtherMethod) => {
                format!("redirect to {target} not followed: only those of GET and HEAD are")
            }
            None => format!("redirect to {target} not followed"),
        }
    }

    /// Builds the error of an error status. It keeps the part of the body that was received, even
    /// if reading failed.
    fn read_error(&self, head: Parts, body: Bytes) -> Error {
        let (kind, detail) = if head.status.is_informational() {
            (
                ErrorKind::Protocol,
                "the server switched protocols without a request to do so".to_owned(),
            )
        } else {
            (Error::kind_of(head.status), self.redirect_detail(&head))
        };
        let retry_after = policy::retry_after(&head.headers, self.shared().clock.system_time());
        Error::new(kind, Some(self.endpoint), detail)
            .with_reply(Reply { status: head.status, headers: head.headers, body })
            .with_retry_after(retry_after)
    }
}

/// Returns true if the status redirects to another URL (RFC 9110 section 15.4).
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Returns the declared length of a body. Transports that decompress the body remove the header.
fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
