//! A response, and how a return type reads it.

pub(crate) mod decode;
pub(crate) mod from_response;
mod http_response;
pub(crate) mod reply_stream;
mod text;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::client::{Client, secret_listener};
use crate::encode::rate_limit::RateLimit;
use crate::endpoint::{Endpoint, matcher};
use crate::error::body;
use crate::error::secrets::Secrets;
use crate::error::{Error, ErrorKind, Reply};
use crate::observation::Observed;

pub use from_response::FromResponse;
pub use http_response::HttpResponse;
use reply_stream::{Head, ReplyStream};
pub use text::Text;

/// A response with a status that the return type accepts, before it is decoded.
pub struct Response(Box<Parts>);

struct Parts {
    endpoint: &'static Endpoint,
    reply: Reply,
    attempts: u32,
    idempotency_key: Option<String>,
    /// The body, if it is read while it arrives. Boxed, because few are.
    stream: Option<Box<ReplyStream>>,
    /// The secrets that the call sent, for errors.
    secrets: SecretsOf,
    /// The call, until it is decoded.
    observed: Observed,
}

/// The secrets of a call. They are collected only if there is an error.
enum SecretsOf {
    Known(Secrets),
    Call(Box<dyn SecretSource>),
}

impl SecretsOf {
    fn collect(&self) -> Secrets {
        match self {
            Self::Known(secrets) => secrets.clone(),
            Self::Call(call) => call.secrets(),
        }
    }
}

/// A call that knows the secrets it sent.
pub(crate) trait SecretSource: Send + Sync {
    fn secrets(&self) -> Secrets;
}

impl Response {
    pub(crate) fn new(endpoint: &'static Endpoint, reply: Reply) -> Self {
        Self(Box::new(Parts {
            endpoint,
            reply,
            attempts: 0,
            idempotency_key: None,
            stream: None,
            secrets: SecretsOf::Known(Secrets::default()),
            observed: Observed::default(),
        }))
    }

    /// Creates a response whose body is still arriving.
    pub(crate) fn streamed(stream: ReplyStream) -> Self {
        let head = stream.head();
        let reply =
            Reply { status: head.status, headers: head.headers.clone(), body: Bytes::new() };
        Self(Box::new(Parts {
            endpoint: head.endpoint,
            reply,
            attempts: 0,
            idempotency_key: None,
            stream: Some(Box::new(stream)),
            secrets: SecretsOf::Known(Secrets::default()),
            observed: Observed::default(),
        }))
    }

    pub(crate) fn set_attempts(&mut self, attempts: u32) {
        self.0.attempts = attempts;
        if let Some(stream) = &mut self.0.stream {
            stream.set_attempts(attempts);
        }
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.0.attempts
    }

    pub(crate) fn set_key(&mut self, key: Option<String>) {
        self.0.idempotency_key = key;
    }

    /// Masks what the call sent in errors of this response.
    pub(crate) fn set_secrets(&mut self, call: Box<dyn SecretSource>) {
        self.0.secrets = SecretsOf::Call(call);
    }

    /// Keeps the call observed until the response is decoded. A stream ends it at once.
    pub(crate) fn set_observed(&mut self, observed: Observed) {
        match &mut self.0.stream {
            Some(stream) => stream.set_watch(observed.into_stream()),
            None => self.0.observed = observed,
        }
    }

    /// Decodes the response, and ends the observation of its call.
    pub(crate) fn decoded<T>(mut self, decode: fn(Self) -> Result<T, Error>) -> Result<T, Error> {
        let observed = std::mem::take(&mut self.0.observed);
        let result = decode(self);
        observed.decoded(result.as_ref().err());
        result
    }

    /// Takes the body, if it is still arriving.
    pub(crate) fn take_stream(&mut self) -> Option<ReplyStream> {
        self.0.stream.take().map(|stream| *stream)
    }

    /// Returns true if the body is still arriving.
    pub(crate) fn is_streaming(&self) -> bool {
        self.0.stream.is_some()
    }

    /// Turns a response that was read whole into one whose body arrives, for a type that reads such
    /// a body only.
    pub(crate) fn into_streamed(
        self,
        client: Client,
        max_item: usize,
        idle_timeout: Duration,
    ) -> Self {
        let Parts { endpoint, reply, attempts, idempotency_key, secrets, .. } = *self.0;
        let Reply { status, headers, body } = reply;
        let secrets = secrets.collect();
        let head = Head { endpoint, status, headers, attempts, max_item, secrets: secrets.clone() };
        let stream = ReplyStream::new(client, head, body.into(), idle_timeout);
        let mut response = Self::streamed(stream);
        response.set_attempts(attempts);
        response.set_key(idempotency_key);
        response.0.secrets = SecretsOf::Known(secrets);
        response
    }

    /// Returns the status: a success, or another one that the return type
    /// [accepts](FromResponse::accepts_status) or `none_on` names.
    pub fn status(&self) -> StatusCode {
        self.0.reply.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.reply.headers
    }

    /// Returns the rate limit that the headers tell, if they tell any.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.headers())
    }

    /// Returns the decompressed body.
    pub fn body(&self) -> &Bytes {
        &self.0.reply.body
    }

    /// Returns true if another status is declared to mean "nothing", so that this one means
    /// "something".
    pub(crate) fn is_something(&self) -> bool {
        self.0.endpoint.options.none_on.is_some_and(|status| status != self.status().as_u16())
    }

    /// Returns the field that holds the data, if the endpoint names one. An error that is a result
    /// has no envelope.
    pub(crate) fn envelope(&self) -> Option<&'static str> {
        self.0.endpoint.options.envelope.filter(|_| self.status().is_success())
    }

    /// Returns the body, or the part of it that its envelope holds.
    pub(crate) fn data(&self) -> Bytes {
        let data = self.envelope().and_then(|name| decode::data_in(self.body(), name).ok()?);
        data.unwrap_or_else(|| self.body().clone())
    }

    /// Returns the error of a success whose body says that the call has failed. Its status is the
    /// one that the body names, if it names any.
    pub(crate) fn unless_failed(mut self) -> Result<Self, Error> {
        let marks = self.0.endpoint.options.stream.failed;
        let is_whole = self.0.stream.is_none() && self.status().is_success();
        if !is_whole || !marks.iter().any(|mark| matcher::matches(mark, self.body())) {
            return Ok(self);
        }
        self.0.reply.status = body::status(self.body()).unwrap_or(self.status());
        let observed = std::mem::take(&mut self.0.observed);
        let error = self.error(ErrorKind::Api, "reported within a success");
        observed.decoded(Some(&error));
        Err(error)
    }

    /// Copies the response for an error that keeps it.
    pub(crate) fn copy(&self) -> Self {
        let Reply { status, headers, body } = &self.0.reply;
        let reply = Reply { status: *status, headers: headers.clone(), body: body.clone() };
        let idempotency_key = self.0.idempotency_key.clone();
        let (endpoint, attempts) = (self.0.endpoint, self.0.attempts);
        let secrets = SecretsOf::Known(self.0.secrets.collect());
        let observed = Observed::default();
        Self(Box::new(Parts {
            endpoint,
            reply,
            attempts,
            idempotency_key,
            stream: None,
            secrets,
            observed,
        }))
    }

    /// Creates the `Decode` error of this response, which keeps its body. `detail` is a clause that
    /// states what was expected.
    ///
    /// The error shows `detail`, so put no piece of the body in it: [`Error::excerpt`] has the
    /// beginning.
    pub fn decode_error(self, detail: impl Into<String>) -> Error {
        self.error(ErrorKind::Decode, detail.into())
    }

    /// Creates an error of this response, which keeps its body.
    pub(crate) fn error(self, kind: ErrorKind, detail: impl Into<Cow<'static, str>>) -> Error {
        if kind == ErrorKind::Decode {
            secret_listener::tell(|listener| listener.unreadable(self.body()));
        }
        Error::new(kind, Some(self.0.endpoint), detail)
            .with_secrets(&self.0.secrets.collect())
            .with_reply(self.0.reply)
            .with_attempts(self.0.attempts, true)
            .with_idempotency_key(self.0.idempotency_key)
    }
}

/// Shows the size of the body and the names of the headers, never their content.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("endpoint", self.0.endpoint)
            .field("status", &self.status())
            .field("headers", &self.headers().keys().collect::<Vec<_>>())
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}
