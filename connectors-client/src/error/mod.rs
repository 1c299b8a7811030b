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
mod construction;
mod display;
mod kind;
mod problem;
mod reply;
pub(crate) mod secrets;
mod transport;
mod words;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::encode::charset;
use crate::encode::media_type::MediaType;
use crate::encode::rate_limit::RateLimit;
use crate::endpoint::Endpoint;
use body::FromErrorBody as _;
use reply::Words;
use secrets::Secrets;

pub(crate) use body::excerpt;
pub use class::ErrorClass;
pub use config::ConfigError;
pub use kind::ErrorKind;
pub(crate) use problem::{DOES_NOT_FIT, DecodeProblem, HAS_NO_FIELD, TAGGED, UNKNOWN_EVENT};
pub(crate) use reply::Reply;
pub use transport::TransportError;
pub(crate) use transport::{Explained, Reach, WholeText};

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

impl Error {
    /// Returns the reason why a retry that was due was not made.
    pub(crate) fn reason_not_retried(&self) -> Option<&'static str> {
        self.0.not_retried
    }

    pub(crate) fn reach(&self) -> Reach {
        self.0.reach
    }

    /// Returns true if the limits of the client left its operation no time for the call.
    pub(crate) fn is_not_begun(&self) -> bool {
        self.reach() == Reach::NotBegun
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
        E::from_reply(reply.status, &reply.json())
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
    /// In JSON, they are the first text in a member that usually holds a message: `message`,
    /// `error_message`, `error_description`, `msg`, `detail`, `description`, `reason`, `error`,
    /// `errors`, `title` and similar names, in any spelling (`errorMessage`, `Message`). Objects
    /// and lists in these members are searched too, and so are wrappers such as `status`, `meta` and
    /// `violations`. A message about a field follows the field's name: `email: is taken`.
    ///
    /// In other bodies, they are the title of an HTML page, an XML element or form field with such
    /// a name, or the whole body of `text/plain`.
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
        T::from_error_body(&self.0.reply.as_ref()?.json())
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
