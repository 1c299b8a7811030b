//! Failures of a transport.

use std::fmt;

use super::ErrorKind;

/// The reason why a transport returned no response, or broke off within one.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) kind: ErrorKind,
    pub(crate) sent: bool,
    pub(crate) timed_out: bool,
    /// True if the request body could not be read.
    pub(crate) of_request: bool,
    pub(crate) source: Box<dyn std::error::Error + Send + Sync>,
}

impl TransportError {
    /// Creates an error of this kind. The request counts as sent until [`not_sent`](Self::not_sent) is called, except
    /// for the kinds `Build`, `Connect` and `Tls`, which occur before anything is sent.
    pub fn new(kind: ErrorKind, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let sent = !matches!(kind, ErrorKind::Build | ErrorKind::Connect | ErrorKind::Tls);
        Self { kind, sent, timed_out: kind == ErrorKind::Timeout, of_request: false, source: source.into() }
    }

    /// States that no byte of the request reached the server. Any call may then be retried.
    pub fn not_sent(mut self) -> Self {
        self.sent = false;
        self
    }

    /// States that the request body could not be read.
    pub(crate) fn of_the_request(mut self) -> Self {
        self.of_request = true;
        self
    }

    /// Returns the kind of error.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.source()
    }
}
