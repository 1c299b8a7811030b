//! The call loop: the one place where a request goes out.
//!
//! ```text
//! assemble ─> Transport::send ─> redirect within the origin? ─> read the body ─> a status that is taken: Response
//!     ▲                                                             │
//!     └────────────── wait ◀── RetryPolicy::wait ◀── the attempt's error
//! ```

mod parts;
mod received;
mod reconnect;
pub(crate) mod response_future;

use std::pin::pin;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use http::response::Parts;
use http::{HeaderMap, Method, StatusCode};

use crate::body::Body;
use crate::client::Shared;
use crate::client::request_options::CallOptions;
use crate::endpoint::Endpoint;
use crate::endpoint::call_settings::CallSettings;
use crate::endpoint::matcher::matches;
use crate::error::excerpt;
use crate::error::{Error, ErrorKind, Reply};
use crate::response::Response;
use crate::response::from_response::BodyMode;
use crate::response::from_response::ResponseRules;
use crate::response::reply_stream::{Head, ReplyStream};
use crate::retry::clock::within;
use crate::retry::policy::{self, Failure};
pub(crate) use parts::CallParts;
use received::{End, Received};

use NotFollowed::{ManyHops, OtherVerb};

/// The most hops of one attempt.
const MAX_REDIRECTS: u32 = 10;

/// Why a redirect within the origin is not followed.
#[derive(Clone, Copy)]
enum NotFollowed {
    ManyHops,
    OtherVerb,
}

/// Makes a call: all attempts of it.
pub(crate) async fn call(mut parts: Box<CallParts>, rules: ResponseRules) -> Result<Response, Error> {
    let (settings, options) = parts.resolve();
    run(parts, settings, options, rules).await
}

/// Makes a call that is a part of a longer operation, of which this much time is left.
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
    let call =
        CallLoop { parts, endpoint, settings, options, key, rules, started, number: 0, executed: false };
    call.run().await
}

/// A limit of time: since when it runs, what was left of it then, and for the error's text whose it is and what it was set to.
struct Limit {
    since: Instant,
    left: Duration,
    whose: &'static str,
    set: Duration,
}

/// A call on its way.
struct CallLoop {
    parts: Box<CallParts>,
    endpoint: &'static Endpoint,
    settings: CallSettings,
    options: CallOptions,
    /// The idempotency key, by which the server knows repetitions.
    key: Option<String>,
    rules: ResponseRules,
    started: Instant,
    /// The attempt that is under way, counted from 1.
    number: u32,
    /// Whether an attempt may have been executed.
    executed: bool,
}

impl CallLoop {
    fn shared(&self) -> &Shared {
        &self.parts.client.shared
    }

    async fn run(mut self) -> Result<Response, Error> {
        // What the last attempt came to, should there be no way to make another.
        let mut earlier: Option<Error> = None;
        loop {
            self.number += 1;
            let assembled = match (self.assemble(), earlier.take()) {
                (Ok(assembled), _) => assembled,
                (Err(_), Some(earlier)) => {
                    return Err(self.last(earlier.not_repeated("its request cannot be built again")));
                }
                (Err(error), None) => return Err(self.last(error)),
            };
            let error = match self.attempt(assembled).await {
                Ok(mut response) => {
                    self.shared().retry_budget.give_back();
                    response.set_attempts(self.number);
                    response.set_key(self.key);
                    return Ok(response);
                }
                Err(error) => error,
            };
            let wait = self.wait(&error);
            self.executed |= error.may_have_executed();
            let error = error.with_attempts(self.number, self.executed);
            let Some(wait) = wait else {
                return Err(self.last(error));
            };
            if self.parts.request.is_spent() {
                let error = error.not_repeated("the request's body is a stream, which is sent once");
                return Err(self.last(error));
            }
            let Some(permit) = self.shared().retry_budget.take(error.status()) else {
                return Err(self.last(error.not_repeated("too many calls of this client failed lately")));
            };
            // Boxed, since few calls wait and all would carry the room for it.
            Box::pin(self.shared().clock.sleep(wait)).await;
            permit.spend();
            earlier = Some(error);
        }
    }

    /// The error that is the result, with the key of the call.
    fn last(&mut self, error: Error) -> Error {
        error.with_idempotency_key(self.key.take())
    }

    /// How long to wait before the next attempt, or `None` where this error is the result.
    fn wait(&self, error: &Error) -> Option<Duration> {
        self.shared().retry.max_retries(self.settings.max_retries).wait(&Failure {
            attempt: self.number,
            kind: error.kind(),
            status: error.status(),
            sent: error.may_have_executed(),
            idempotent: self.endpoint.is_idempotent() || self.key.is_some(),
            retry_after: error.retry_after(),
            remaining: self.remaining(),
            random: fastrand::f64(),
        })
    }

    /// The request of the attempt that is under way.
    fn assemble(&self) -> Result<http::Request<Body>, Error> {
        let CallParts { client, request } = &*self.parts;
        let assembled = request.assemble(&client.shared, &self.options, self.rules.accept, self.number)?;
        match &self.options.on_upload {
            None => Ok(assembled),
            watcher => Ok(assembled.map(|body| body.with_progress(watcher.as_ref(), None))),
        }
    }

    /// One attempt: the head and the body, within the attempt's limit and what is left of the call's.
    async fn attempt(&self, assembled: http::Request<Body>) -> Result<Response, Error> {
        let limit = self.attempt_limit();
        let mut passing = pin!(self.shared().clock.limit(limit.left));
        let reply = within(passing.as_mut(), pin!(self.exchange(assembled))).await;
        let (head, mut body) =
            reply.unwrap_or_else(|| Err(self.timed_out(&limit, "no reply came")))?.into_parts();
        if let Some(watcher) = &self.options.on_download {
            body = body.with_progress(Some(watcher), content_length(&head.headers));
        }
        if self.endpoint.options.none_on == Some(head.status.as_u16()) {
            let reply = Reply { status: head.status, headers: head.headers, body: Bytes::new() };
            return Ok(Response::new(self.endpoint, reply));
        }
        let reading = (self.rules.accepts_status)(head.status)
            .then(|| (self.rules.body_mode)(head.status, &head.headers));
        if reading == Some(BodyMode::Streaming) {
            return self.stream(head, body);
        }
        let max = match reading {
            Some(BodyMode::Buffered) => self.settings.max_body,
            _ => self.settings.max_error_body,
        };
        let mut received = Received::new(max);
        let end = within(passing, pin!(received.read(body))).await;
        let body = received.bytes();
        match reading {
            Some(BodyMode::Buffered) => self.read_taken(head, body, end, max, &limit),
            Some(BodyMode::Unexpected(what)) => Err(self.read_wrong(what, head, body)),
            _ => Err(self.read_error(head, body)),
        }
    }

    /// The attempt's own limit, or what is left of the call's if that is less.
    fn attempt_limit(&self) -> Limit {
        let own = self.settings.attempt_timeout;
        let remaining = self.remaining();
        let since = self.shared().clock.now();
        if own <= remaining {
            Limit { since, left: own, whose: "attempt", set: own }
        } else {
            Limit { since, left: remaining, whose: "call", set: self.settings.timeout }
        }
    }

    /// What is left of the whole call's limit.
    fn remaining(&self) -> Duration {
        self.settings.timeout.saturating_sub(self.shared().clock.now().duration_since(self.started))
    }

    fn timed_out(&self, limit: &Limit, what: &str) -> Error {
        self.shared().transport.timed_out(limit.since);
        let Limit { whose, set, .. } = limit;
        let detail = format!("timed out: {what} within the {whose}'s limit of {set:?}");
        Error::new(ErrorKind::Timeout, Some(self.endpoint), detail)
    }

    /// Sends, and follows redirects of GET and HEAD within the base URL's origin.
    async fn exchange(&self, assembled: http::Request<Body>) -> Result<http::Response<Body>, Error> {
        let may_follow = matches!(*assembled.method(), Method::GET | Method::HEAD);
        let mut from = assembled.uri().clone();
        let mut sending = self.shared().transport.send(assembled);
        let mut hops = 0;
        loop {
            let mut reply = sending.await.map_err(|error| Error::transport(self.endpoint, error))?;
            if !is_redirect(reply.status()) {
                return Ok(reply);
            }
            if !may_follow || hops == MAX_REDIRECTS {
                let why = if may_follow { ManyHops } else { OtherVerb };
                reply.extensions_mut().insert(why);
                return Ok(reply);
            }
            let location = reply.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            let target = location.and_then(|to| self.shared().base.redirected(&from, to));
            let Some(target) = target else { return Ok(reply) };
            from = target.clone();
            let mut again = self.assemble()?;
            *again.uri_mut() = target;
            sending = self.shared().transport.send(again);
            hops += 1;
        }
    }

    /// A reply with a status that is taken, from as much of its body as was received.
    fn read_taken(
        &self,
        head: Parts,
        body: Bytes,
        end: Option<Result<(), End>>,
        max: usize,
        limit: &Limit,
    ) -> Result<Response, Error> {
        let error = match end {
            Some(Ok(())) => match unknown_encoding(&head.headers).filter(|_| !body.is_empty()) {
                None => {
                    let reply = Reply { status: head.status, headers: head.headers, body };
                    return Ok(Response::new(self.endpoint, reply));
                }
                Some(detail) => Error::new(ErrorKind::Decode, Some(self.endpoint), detail),
            },
            Some(Err(End::Full)) => {
                let detail = format!("the reply's body is larger than the limit of {max} bytes");
                Error::new(ErrorKind::TooLarge, Some(self.endpoint), detail)
            }
            Some(Err(End::Broken(error))) => Error::transport(self.endpoint, error),
            None => self.timed_out(limit, "the reply's body did not end"),
        };
        Err(error.with_reply(Reply { status: head.status, headers: head.headers, body }))
    }

    /// A reply that is read while it arrives.
    fn stream(&self, head: Parts, body: Body) -> Result<Response, Error> {
        let Parts { status, headers, .. } = head;
        if let Some(detail) = unknown_encoding(&headers) {
            let error = Error::new(ErrorKind::Decode, Some(self.endpoint), detail);
            return Err(error.with_reply(Reply { status, headers, body: Bytes::new() }));
        }
        let CallSettings { max_item, idle_timeout, .. } = self.settings;
        let head = Head { endpoint: self.endpoint, status, headers, attempts: self.number, max_item };
        let stream = ReplyStream::new(self.parts.client.clone(), head, body, idle_timeout);
        Ok(Response::streamed(if self.endpoint.options.stream.resumes {
            stream.resumable(reconnect::reconnect(&self.parts, self.settings, &self.options, self.rules))
        } else {
            stream
        }))
    }

    /// The error of a stream that is none; as much of it is kept as of an error's body.
    fn read_wrong(&self, what: &str, head: Parts, body: Bytes) -> Error {
        let Parts { status, headers, .. } = head;
        if self.endpoint.options.stream.fails_on.iter().any(|mark| matches(mark, &body)) {
            let (attempts, max_item) = (self.number, 0);
            let head = Head { endpoint: self.endpoint, status, headers, attempts, max_item };
            return head.reported(body);
        }
        let media_type =
            headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("of no type");
        let begin = String::from_utf8_lossy(&body[..body.len().min(512)]);
        let (media_type, begin) = (excerpt(media_type, 64), excerpt(&begin, 128));
        let detail = format!("the reply is `{media_type}` and no {what}, it begins `{begin}`");
        Error::new(ErrorKind::Decode, Some(self.endpoint), detail).with_reply(Reply { status, headers, body })
    }

    /// Says where a redirect that is not followed leads.
    fn redirect_detail(&self, head: &Parts) -> String {
        let location = head.headers.get(LOCATION).and_then(|location| location.to_str().ok());
        let Some(location) = location.filter(|_| is_redirect(head.status)) else { return String::new() };
        let place = self.shared().base.describe_target(location);
        match head.extensions.get() {
            Some(ManyHops) => format!("not followed to {place}: {MAX_REDIRECTS} hops are the most"),
            Some(OtherVerb) => format!("not followed to {place}: only GET and HEAD are"),
            None => format!("not followed to {place}"),
        }
    }

    /// The error of a status. What was received of its body is kept, however that ended.
    fn read_error(&self, head: Parts, body: Bytes) -> Error {
        let (kind, detail) = if head.status.is_informational() {
            (ErrorKind::Protocol, "the server switched protocols, which nobody asked for".to_owned())
        } else {
            (Error::kind_of(head.status), self.redirect_detail(&head))
        };
        let retry_after = policy::retry_after(&head.headers, self.shared().clock.system_time());
        Error::new(kind, Some(self.endpoint), detail)
            .with_reply(Reply { status: head.status, headers: head.headers, body })
            .with_retry_after(retry_after)
    }
}

/// The statuses that name another place for the same verb, or for GET (RFC 9110 section 15.4).
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// The length that a reply declares; a transport removes it together with an encoding that it takes off.
fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A transport takes off the encodings that it knows; what is left would be read as garbage.
fn unknown_encoding(headers: &HeaderMap) -> Option<String> {
    let encoding = headers.get(CONTENT_ENCODING)?.to_str().unwrap_or("unknown");
    (!encoding.eq_ignore_ascii_case("identity") && !encoding.is_empty()).then(|| {
        let encoding = excerpt(encoding, 64);
        format!("the reply's body has the encoding `{encoding}`, which was not asked for")
    })
}
