//! The failures of a transport.

use std::fmt;

use super::ErrorKind;

/// Why a transport gave no reply, or broke off within one.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) kind: ErrorKind,
    pub(crate) sent: bool,
    pub(crate) timed_out: bool,
    /// Whether it was the request's own body that could not be read.
    pub(crate) of_request: bool,
    pub(crate) source: Box<dyn std::error::Error + Send + Sync>,
}

impl TransportError {
    /// An error of this kind. The request counts as sent unless [`not_sent`](Self::not_sent) says otherwise, except
    /// for the kinds `Build`, `Connect` and `Tls`, which come before anything is sent.
    pub fn new(kind: ErrorKind, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let sent = !matches!(kind, ErrorKind::Build | ErrorKind::Connect | ErrorKind::Tls);
        Self { kind, sent, timed_out: kind == ErrorKind::Timeout, of_request: false, source: source.into() }
    }

    /// Says for sure that no byte of the request reached the server, so that any call may be repeated.
    pub fn not_sent(mut self) -> Self {
        self.sent = false;
        self
    }

    /// Says that the request's own body could not be read.
    pub(crate) fn of_the_request(mut self) -> Self {
        self.of_request = true;
        self
    }

    /// The kind of error.
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
