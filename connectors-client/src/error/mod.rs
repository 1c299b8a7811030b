//! The one error of a call, and the questions it answers.
//!
//! ```text
//! Error ── kind()                 what happened, and whether the call is retried
//!   ├─ status, class, message, body, headers, request_id     if the response headers were received
//!   ├─ attempts, may_have_executed, retry_after               known by the call loop
//!   └─ source()                                               the cause, if there is one
//! ```

pub(crate) mod body;
pub(crate) mod cause;
mod class;
mod config;
mod problem;
pub(crate) mod secrets;
mod transport;
mod words;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::encode::charset;
use crate::encode::media_type::MediaType;
use crate::encode::rate_limit::RateLimit;
use crate::endpoint::Endpoint;
use body::FromErrorBody as _;
use secrets::Secrets;

pub(crate) use body::excerpt;
pub use class::ErrorClass;
pub use config::ConfigError;
pub(crate) use problem::{DOES_NOT_FIT, DecodeProblem, HAS_NO_FIELD, TAGGED, UNKNOWN_EVENT};
pub(crate) use transport::Reach;
pub use transport::TransportError;

/// The kind of failure of a call. Each kind says whether the call loop retries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request could not be built: a value that cannot be encoded, an option that does not fit.
    /// Nothing was sent. Never retried.
    Build,
    /// There was no connection: name resolution or TCP failed, or the connect timeout passed.
    /// Nothing was sent. Retried.
    Connect,
    /// The server's certificate was refused or the handshake failed. Nothing was sent. Never
    /// retried.
    Tls,
    /// The timeout of the attempt or of the whole call passed. Retried if the call is idempotent
    /// and time is left.
    Timeout,
    /// The connection ended before the response did. Retried if the call is idempotent.
    Interrupted,
    /// The response is not HTTP. Never retried.
    Protocol,
    /// The server redirects the call, which does not follow: to another origin, with a method other
    /// than GET and HEAD, or after too many hops. Never retried.
    Redirect,
    /// The response body is larger than the limit. Never retried.
    TooLarge,
    /// The response does not fit the return type. Never retried.
    Decode,
    /// The server responded with an error status. Retried for 429, and for 408, 500, 502, 503 and
    /// 504 if the call is idempotent.
    Api,
    /// A stream ended before its terminator. Never retried.
    StreamTruncated,
    /// The call was made where it cannot run: outside a Tokio runtime, in one without timers or
    /// sockets, or blocking inside one. Nothing was sent, unless the call had begun and its runtime
    /// ended or it was moved to another: then [`may_have_executed`](Error::may_have_executed) is
    /// true. Never retried.
    Runtime,
}

/// The error of a call.
///
/// It is one pointer wide. `Display` has what a person needs: the endpoint, the status and its
/// class, the server's [message](Self::message) and the request id. A URL with its values, a query
/// or a token is never shown, nor is a piece of the body in which no message was found: its media
/// type and length are shown instead, and [`excerpt`](Self::excerpt) returns its beginning.
///
/// If the server echoes a secret that was sent with the call, all texts show `***` in its place.
/// Secrets of fewer than 8 bytes are not masked.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    endpoint: Option<&'static Endpoint>,
    /// A description for a person; empty if the status says it.
    detail: Cow<'static, str>,
    reply: Option<Reply>,
    words: Words,
    secrets: Secrets,
    attempts: u32,
    retry_after: Option<Duration>,
    may_have_executed: bool,
    timed_out: bool,
    reach: Reach,
    /// The reason why a retry that was due was not made.
    not_retried: Option<&'static str>,
    idempotency_key: Option<String>,
    source: Option<Source>,
}

/// The cause of an error. A problem of ours is told apart because its text can be masked.
enum Source {
    Problem(DecodeProblem),
    Other(Box<dyn StdError + Send + Sync>),
}

impl Source {
    fn as_error(&self) -> &(dyn StdError + 'static) {
        match self {
            Self::Problem(problem) => problem,
            Self::Other(other) => &**other,
        }
    }
}

/// The received part of a response.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    /// Describes the body without showing a piece of it; `None` if it is empty.
    fn describe_body(&self) -> Option<String> {
        let length = self.body.len();
        let unit = if length == 1 { "byte" } else { "bytes" };
        let media_type =
            MediaType::of(&self.headers).map(|media_type| excerpt(media_type.name(), 64));
        let media_type = media_type.as_deref().unwrap_or("a body without a media type");
        (length > 0).then(|| format!("{media_type}, {length} {unit}"))
    }
}

/// The texts of a response that an error shows, read once.
#[derive(Default)]
struct Words {
    message: Option<String>,
    request_id: Option<String>,
}

impl Words {
    fn of(kind: ErrorKind, reply: &Reply) -> Self {
        let from_header = body::header_request_id(&reply.headers).map(|id| excerpt(id, 128));
        // The response of an operation that has failed is a success by its status.
        if reply.status.is_success() && kind != ErrorKind::Api {
            return Self { message: None, request_id: from_header };
        }
        let body = body::read(&reply.body, MediaType::of(&reply.headers));
        Self { message: body.message, request_id: from_header.or(body.request_id) }
    }

    fn masked(self, secrets: &Secrets) -> Self {
        let mask = |text: Option<String>| text.map(|text| secrets.mask(text));
        Self { message: mask(self.message), request_id: mask(self.request_id) }
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
            secrets: Secrets::default(),
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

    pub(crate) fn build(
        endpoint: Option<&'static Endpoint>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(ErrorKind::Build, endpoint, detail)
    }

    pub(crate) fn transport(endpoint: &'static Endpoint, error: TransportError) -> Self {
        let detail = match error.kind {
            _ if error.of_request => "the request body could not be read",
            ErrorKind::Build => "the request could not be built",
            ErrorKind::Connect if error.timed_out => "timed out while connecting",
            ErrorKind::Connect => "could not connect",
            ErrorKind::Tls => "TLS failed",
            ErrorKind::Timeout => "timed out",
            _ if error.reach == Reach::PartOfBody => {
                "the server closed the connection while the request body was sent"
            }
            ErrorKind::Interrupted => "the connection ended before the response did",
            ErrorKind::Protocol => "the response is not HTTP",
            ErrorKind::Decode => "the response body cannot be decompressed",
            _ => "the transport failed",
        };
        let mut this = Self::new(error.kind, Some(endpoint), detail);
        this.0.may_have_executed = error.sent;
        this.0.timed_out |= error.timed_out;
        this.0.reach = error.reach;
        this.0.source = Some(Source::Other(error.source));
        this
    }

    /// Returns the error that a server causes with this status and body, for tests. An invalid
    /// status becomes 500.
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
        self.0.words = Words::of(self.0.kind, &reply).masked(&self.0.secrets);
        self.0.reply = Some(reply);
        self
    }

    /// Masks these secrets in all texts, whether they are there already or are added later.
    #[cold]
    pub(crate) fn with_secrets(mut self, secrets: &Secrets) -> Self {
        let inner = &mut *self.0;
        inner.secrets = secrets.clone();
        if let Cow::Owned(detail) = &mut inner.detail {
            *detail = secrets.mask(std::mem::take(detail));
        }
        inner.words = std::mem::take(&mut inner.words).masked(secrets);
        if let Some(Source::Problem(problem)) = &mut inner.source {
            problem.mask(secrets);
        }
        self
    }

    pub(crate) fn with_problem(mut self, problem: DecodeProblem) -> Self {
        self.0.source = Some(Source::Problem(problem));
        self
    }

    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(Source::Other(source.into()));
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    /// Adds the number of attempts so far, and whether an earlier one may have been executed.
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

    /// Says that nothing was sent.
    pub(crate) fn not_sent(mut self) -> Self {
        self.0.may_have_executed = false;
        self
    }

    pub(crate) fn reach(&self) -> Reach {
        self.0.reach
    }

    /// Returns the kind of the failure.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the endpoint that was called; `None` if the error belongs to no call.
    pub fn endpoint(&self) -> Option<&'static Endpoint> {
        self.0.endpoint
    }

    /// Returns the status, if the response headers were received.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.reply.as_ref().map(|reply| reply.status)
    }

    /// Returns the class of the status, as the type that you match with declares it. It is `None`
    /// if the status is not an error, or if the type has no variant for it. The status alone
    /// decides the variant, whatever the body is. A variant may carry the body, if it fits.
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

    /// Returns true if the status is the error. It is not if the return type accepts the status and
    /// the body does not fit.
    fn is_of_status(&self, status: StatusCode) -> bool {
        let is_the_error =
            matches!(self.0.kind, ErrorKind::Api | ErrorKind::Redirect | ErrorKind::Protocol);
        is_the_error && !status.is_success()
    }

    /// Returns the server's own words, if the body has them.
    ///
    /// They are the first text found in one of the JSON members that usually hold words: `message`,
    /// `error_message`, `error_description`, `msg`, `detail`, `description`, `reason`, `error`,
    /// `errors`, `title` and their like, in any spelling (`errorMessage`, `Message`). Objects and
    /// lists in their place are searched too, and so are wrappers such as `status` and `meta`. The
    /// words about a field come after its name: `email: is taken`. Of other bodies, the words are
    /// an HTML page's title, an XML element of such a name, such a field of a form, or a body of
    /// `text/plain`.
    ///
    /// Control characters are escaped, and the text is cut after 256 characters;
    /// [`body`](Self::body) returns all of it.
    pub fn message(&self) -> Option<&str> {
        self.0.words.message.as_deref()
    }

    /// Returns the beginning of the body: at most 256 characters, with control characters escaped.
    ///
    /// `Display`, `Debug` and [`source`](StdError::source) show no piece of a body in which no
    /// message was found, because such texts end in logs and bodies may hold data of users.
    pub fn excerpt(&self) -> Option<String> {
        const MAX_EXCERPT: usize = 256;
        let reply = self.0.reply.as_ref().filter(|reply| !reply.body.is_empty())?;
        // No character has more than 4 bytes.
        let beginning = &reply.body[..reply.body.len().min(4 * MAX_EXCERPT + 4)];
        let beginning = charset::decode_lossy(beginning, MediaType::of(&reply.headers));
        Some(self.0.secrets.mask(excerpt(&beginning, MAX_EXCERPT)))
    }

    /// Returns the received part of the body: up to the limit for error bodies (64 KiB by default)
    /// if the status is an error, else up to the limit for responses.
    pub fn body(&self) -> Option<&Bytes> {
        self.0.reply.as_ref().map(|reply| &reply.body)
    }

    /// Reads the body as JSON of this type; `None` if there is no body or it does not fit.
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        T::from_error_body(self.body()?)
    }

    /// Returns the response headers, if they were received.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.reply.as_ref().map(|reply| &reply.headers)
    }

    /// Returns the rate limit that the headers tell, if they tell any.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.headers()?)
    }

    /// Returns the server's id of the request, for its support: from the header `x-request-id` or
    /// one like it, else from the JSON body's `request_id`, or its `id` beside a `message`.
    pub fn request_id(&self) -> Option<&str> {
        self.0.words.request_id.as_deref()
    }

    /// Returns the number of attempts, including those without a connection; 0 if none was made.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the idempotency key of the call, if it has one. A later call with this key, set by
    /// [`RequestOptions::idempotency_key`](crate::RequestOptions::idempotency_key), is a retry of
    /// this one.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// Returns the time that the server asks to wait before the next call.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns true if the server may have executed the call. It is false only if no attempt can
    /// have reached the server.
    pub fn may_have_executed(&self) -> bool {
        self.0.may_have_executed
    }

    /// Returns true if a timeout passed, including the one for connecting.
    pub fn is_timeout(&self) -> bool {
        self.0.timed_out
    }

    /// Returns true if the status is 404.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    fn write_status(&self, f: &mut fmt::Formatter<'_>, reply: &Reply) -> fmt::Result {
        write!(f, "{}", reply.status.as_u16())?;
        let class = self.0.endpoint.and_then(|endpoint| endpoint.options.class_name);
        let class = class.filter(|_| self.is_of_status(reply.status));
        match class
            .and_then(|class| class(reply.status))
            .or_else(|| reply.status.canonical_reason())
        {
            Some(name) => write!(f, " {name}"),
            None => Ok(()),
        }
    }

    fn write_cause(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut cause = StdError::source(self);
        while let Some(deeper) = cause.and_then(StdError::source) {
            cause = Some(deeper);
        }
        let masked = |cause: &dyn StdError| self.0.secrets.mask(excerpt(&cause.to_string(), 256));
        cause.map_or(Ok(()), |cause| write!(f, ": {}", masked(cause)))
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
                let body = || Some(self.0.secrets.mask(reply.describe_body()?).into());
                if let Some(words) = self.message().map(Cow::Borrowed).or_else(body) {
                    write!(f, ": {words}")?;
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

/// Shows the sizes of bodies and the names of headers, never their content.
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
        self.0.source.as_ref().map(Source::as_error)
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::build(None, error.to_string())
    }
}
