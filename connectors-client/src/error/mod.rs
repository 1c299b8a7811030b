//! The one error of a call, and the questions it answers.
//!
//! ```text
//! Error ── kind()                 what happened, and whether it is repeated
//!   ├─ status, class, message, body, headers, request_id     where a reply's head was received
//!   ├─ attempts, may_have_executed, retry_after               what the call loop knows
//!   └─ source()                                               the cause, where there is one
//! ```

pub(crate) mod body;
pub(crate) mod cause;
mod class;
mod config;
mod transport;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::endpoint::Endpoint;
use body::FromErrorBody as _;

pub(crate) use body::excerpt;
pub use class::ErrorClass;
pub use config::ConfigError;
pub(crate) use transport::Reach;
pub use transport::TransportError;

/// What happened to a call. Each kind says whether the call loop repeats it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request could not be made: a value that cannot be encoded, an option that does not fit. Nothing was sent.
    /// Never repeated.
    Build,
    /// There was no connection: name resolution, TCP, or the limit for connecting. Nothing was sent. Repeated.
    Connect,
    /// The server's certificate was refused or the handshake failed. Nothing was sent. Never repeated.
    Tls,
    /// A limit passed: of the attempt or of the whole call. Repeated if the call is idempotent and time is left.
    Timeout,
    /// The connection ended before the reply did. Repeated if the call is idempotent.
    Interrupted,
    /// The reply was no HTTP. Never repeated.
    Protocol,
    /// The server points elsewhere, and the call does not follow: another origin, another verb than GET or HEAD, or
    /// too many hops. Never repeated.
    Redirect,
    /// The reply's body is larger than the limit. Never repeated.
    TooLarge,
    /// The reply is not what the return type says. Never repeated.
    Decode,
    /// The server answered with an error status. Repeated for 429, and for 408, 500, 502, 503 and 504 if the call is
    /// idempotent.
    Api,
    /// A stream ended before its terminator. Never repeated.
    StreamTruncated,
    /// The call was made where it cannot run: outside a Tokio runtime, in one without timers or sockets, or blocking
    /// inside one. Nothing was sent, unless the call had begun and its runtime ended or it was moved to another: then
    /// [`may_have_executed`](Error::may_have_executed) is true. Never repeated.
    Runtime,
}

/// The error of a call.
///
/// It is one pointer wide. `Display` says what a person needs: the endpoint, the status and its class, the server's
/// message and the request id; never a URL with its values, a query or a token.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    endpoint: Option<&'static Endpoint>,
    /// What happened, for a person; empty where the status says it.
    detail: Cow<'static, str>,
    reply: Option<Reply>,
    words: Words,
    attempts: u32,
    retry_after: Option<Duration>,
    may_have_executed: bool,
    timed_out: bool,
    reach: Reach,
    /// Why a retry that was due was not made.
    not_retried: Option<&'static str>,
    idempotency_key: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What was received of a reply.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// What the reply says of itself, read once.
#[derive(Default)]
struct Words {
    message: Option<String>,
    request_id: Option<String>,
}

impl Words {
    fn of(kind: ErrorKind, reply: &Reply) -> Self {
        let from_header = body::header_request_id(&reply.headers).map(|id| excerpt(id, 128));
        // The reply of an operation that has failed is a success by its status.
        if reply.status.is_success() && kind != ErrorKind::Api {
            return Self { message: None, request_id: from_header };
        }
        let body = body::read(&reply.body);
        Self { message: body.message, request_id: from_header.or(body.request_id) }
    }
}

impl Error {
    pub(crate) fn new(
        kind: ErrorKind,
        endpoint: Option<&'static Endpoint>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Box::new(Inner {
            kind,
            endpoint,
            detail: detail.into(),
            reply: None,
            words: Words::default(),
            attempts: 0,
            retry_after: None,
            may_have_executed: !matches!(
                kind,
                ErrorKind::Build | ErrorKind::Connect | ErrorKind::Tls | ErrorKind::Runtime
            ),
            timed_out: kind == ErrorKind::Timeout,
            reach: Reach::Server,
            not_retried: None,
            idempotency_key: None,
            source: None,
        }))
    }

    pub(crate) fn build(endpoint: Option<&'static Endpoint>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Build, endpoint, detail)
    }

    pub(crate) fn transport(endpoint: &'static Endpoint, error: TransportError) -> Self {
        let detail = match error.kind {
            _ if error.of_request => "the request's body could not be read",
            ErrorKind::Build => "the request could not be made",
            ErrorKind::Connect if error.timed_out => "timed out while connecting",
            ErrorKind::Connect => "could not connect",
            ErrorKind::Tls => "TLS failed",
            ErrorKind::Timeout => "timed out",
            ErrorKind::Interrupted => "the connection ended before the reply did",
            ErrorKind::Protocol => "the reply is not HTTP",
            ErrorKind::Decode => "the reply's body cannot be decompressed",
            _ => "the transport failed",
        };
        let mut this = Self::new(error.kind, Some(endpoint), detail);
        this.0.may_have_executed = error.sent;
        this.0.timed_out |= error.timed_out;
        this.0.reach = error.reach;
        this.0.source = Some(error.source);
        this
    }

    /// An error as a server would cause it by this status and body, for tests. A number that is no status becomes 500.
    ///
    /// ```
    /// let error = connectors_client::Error::fake(404, r#"{"message": "no such connector"}"#);
    /// assert!(error.is_not_found());
    /// assert_eq!(error.message(), Some("no such connector"));
    /// ```
    pub fn fake(status: u16, body: impl Into<Bytes>) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(Self::kind_of(status), None, "")
            .with_reply(Reply { status, headers: HeaderMap::new(), body: body.into() })
            .with_attempts(1, true)
    }

    pub(crate) fn kind_of(status: StatusCode) -> ErrorKind {
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            ErrorKind::Redirect
        } else {
            ErrorKind::Api
        }
    }

    pub(crate) fn with_reply(mut self, reply: Reply) -> Self {
        self.0.words = Words::of(self.0.kind, &reply);
        self.0.reply = Some(reply);
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    /// Adds what the call loop knows: attempts so far, and whether one before this may have been executed.
    pub(crate) fn with_attempts(mut self, attempts: u32, earlier_may_have_executed: bool) -> Self {
        self.0.attempts = attempts;
        self.0.may_have_executed |= earlier_may_have_executed;
        self
    }

    pub(crate) fn not_retried(mut self, reason: &'static str) -> Self {
        self.0.not_retried = Some(reason);
        self
    }

    pub(crate) fn with_idempotency_key(mut self, key: Option<String>) -> Self {
        self.0.idempotency_key = key;
        self
    }

    pub(crate) fn reach(&self) -> Reach {
        self.0.reach
    }

    /// What happened.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The endpoint that was called; `None` for an error that belongs to no call.
    pub fn endpoint(&self) -> Option<&'static Endpoint> {
        self.0.endpoint
    }

    /// The status, where a reply's head was received.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.reply.as_ref().map(|reply| reply.status)
    }

    /// The class of the status, as the type that you match with declares it; `None` where the status is no error, since
    /// it is a success or the return type takes it, or where the type has no variant for it. The status alone decides it,
    /// whatever the body is; a variant may carry what the body says, where it fits.
    ///
    /// ```
    /// use connectors_client::{Error, ErrorClass};
    ///
    /// #[derive(ErrorClass)]
    /// enum Problem {
    ///     #[status(404)]
    ///     NotFound,
    ///     #[status(422)]
    ///     Invalid(Option<Vec<String>>),
    ///     #[status(other)]
    ///     Other,
    /// }
    ///
    /// assert!(matches!(Error::fake(404, "").class(), Some(Problem::NotFound)));
    /// assert!(matches!(Error::fake(500, "").class(), Some(Problem::Other)));
    ///
    /// match Error::fake(422, r#"["no title"]"#).class() {
    ///     Some(Problem::Invalid(Some(problems))) => assert_eq!(problems, ["no title"]),
    ///     _ => panic!("the body fits"),
    /// }
    /// assert!(matches!(Error::fake(422, "<html>").class(), Some(Problem::Invalid(None))));
    /// ```
    pub fn class<E: ErrorClass>(&self) -> Option<E> {
        let reply = self.0.reply.as_ref().filter(|reply| self.is_of_status(reply.status))?;
        E::from_reply(reply.status, &reply.body)
    }

    /// Whether the status is the error: not where a reply that is taken could not be read.
    fn is_of_status(&self, status: StatusCode) -> bool {
        let is_the_error = matches!(self.0.kind, ErrorKind::Api | ErrorKind::Redirect | ErrorKind::Protocol);
        is_the_error && !status.is_success()
    }

    /// The server's own words, where the body has them: a JSON field `message`, `error_description`, `error`, `error.message`,
    /// `detail` or `title`, else the text itself. Control characters are escaped and the text is cut after
    /// 256 characters; [`body`](Self::body) has it all.
    pub fn message(&self) -> Option<&str> {
        self.0.words.message.as_deref()
    }

    /// The body, as far as it was received: of an error status up to the limit for error bodies (64 KiB by default), of
    /// a reply that is taken up to that for replies.
    pub fn body(&self) -> Option<&Bytes> {
        self.0.reply.as_ref().map(|reply| &reply.body)
    }

    /// The body as JSON of this type; `None` where there is none or it does not fit.
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        T::from_error_body(self.body()?)
    }

    /// The headers, where a reply's head was received.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.reply.as_ref().map(|reply| &reply.headers)
    }

    /// The server's id of the request, for its support: from the header `x-request-id` or one like it, else from the
    /// JSON body's `request_id`, or its `id` beside a `message`.
    pub fn request_id(&self) -> Option<&str> {
        self.0.words.request_id.as_deref()
    }

    /// How many attempts were made, also those that found no connection; 0 where none was made.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The idempotency key that the call was sent with, if it has one: given to a later call by
    /// [`RequestOptions::idempotency_key`](crate::RequestOptions::idempotency_key), it makes that a repetition of this one.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// How long the server asks to wait before the next call.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the server may have executed the call. False only where no attempt can have reached it.
    pub fn may_have_executed(&self) -> bool {
        self.0.may_have_executed
    }

    /// Whether a limit passed, also the one for connecting.
    pub fn is_timeout(&self) -> bool {
        self.0.timed_out
    }

    /// Whether the server answered 404.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    fn write_status(&self, f: &mut fmt::Formatter<'_>, reply: &Reply) -> fmt::Result {
        write!(f, "{}", reply.status.as_u16())?;
        let class = self.0.endpoint.and_then(|endpoint| endpoint.options.class_name);
        let class = class.filter(|_| self.is_of_status(reply.status));
        match class.and_then(|class| class(reply.status)).or_else(|| reply.status.canonical_reason()) {
            Some(name) => write!(f, " {name}"),
            None => Ok(()),
        }
    }

    fn write_cause(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut cause: Option<&dyn StdError> = self.0.source.as_deref().map(|source| source as _);
        while let Some(deeper) = cause.and_then(StdError::source) {
            cause = Some(deeper);
        }
        cause.map_or(Ok(()), |cause| write!(f, ": {}", excerpt(&cause.to_string(), 256)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(endpoint) = self.0.endpoint {
            write!(f, "{endpoint}: ")?;
        }
        let answered = matches!(self.0.kind, ErrorKind::Api | ErrorKind::Redirect);
        match &self.0.reply {
            Some(reply) if answered => {
                self.write_status(f, reply)?;
                if !self.0.detail.is_empty() {
                    write!(f, ": {}", self.0.detail)?;
                }
                if let Some(message) = self.message() {
                    write!(f, ": {message}")?;
                }
            }
            _ => {
                f.write_str(&self.0.detail)?;
                self.write_cause(f)?;
            }
        }
        if let Some(id) = self.request_id() {
            write!(f, " (request id {id})")?;
        }
        if self.0.attempts > 1 {
            write!(f, " (after {} attempts)", self.0.attempts)?;
        }
        if let Some(reason) = self.0.not_retried {
            write!(f, " (not retried: {reason})")?;
        }
        Ok(())
    }
}

/// Shows sizes of bodies and names of headers, never their content.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.0.kind).field("message", &self.to_string());
        if let Some(reply) = &self.0.reply {
            debug
                .field("status", &reply.status.as_u16())
                .field("headers", &reply.headers.keys().collect::<Vec<_>>())
                .field("body_bytes", &reply.body.len());
        }
        debug
            .field("attempts", &self.0.attempts)
            .field("may_have_executed", &self.0.may_have_executed)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::build(None, error.to_string())
    }
}
