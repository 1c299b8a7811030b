//! How the call loop and tests make errors.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::reply::Words;
use super::secrets::Secrets;
use super::{
    DecodeProblem, Error, ErrorKind, Inner, Reach, Reply, Source, TransportError, WholeText,
};
use crate::endpoint::Endpoint;

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
                ErrorKind::Build
                    | ErrorKind::Credentials
                    | ErrorKind::Connect
                    | ErrorKind::Tls
                    | ErrorKind::Runtime
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
            _ if error.source.is::<WholeText>() => "",
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
        match error.source.downcast::<WholeText>() {
            Ok(text) => this.0.detail = text.0.into(),
            Err(source) => this.0.source = Some(Source::Other(source)),
        }
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

    /// Says that the limits of the client left its operation no time for the call.
    pub(crate) fn not_begun(mut self) -> Self {
        self.0.reach = Reach::NotBegun;
        self
    }

    /// Says that nothing was sent.
    pub(crate) fn not_sent(mut self) -> Self {
        self.0.may_have_executed = false;
        self
    }
}
