//! Failures of a transport.

use std::error::Error;
use std::{fmt, io};

use super::ErrorKind;
use super::cause::chain;

/// The reason why a transport returned no response, or broke off within one.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) kind: ErrorKind,
    pub(crate) sent: bool,
    pub(crate) timed_out: bool,
    /// True if the request body could not be read.
    pub(crate) of_request: bool,
    pub(crate) reach: Reach,
    pub(crate) source: Box<dyn Error + Send + Sync>,
}

impl TransportError {
    /// Creates an error of this kind. The request counts as sent until [`not_sent`](Self::not_sent)
    /// is called, except for the kinds `Build`, `Connect` and `Tls`, which occur before anything is
    /// sent.
    pub fn new(kind: ErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let (sent, source) = (
            !matches!(kind, ErrorKind::Build | ErrorKind::Connect | ErrorKind::Tls),
            source.into(),
        );
        let is_nowhere = kind == ErrorKind::Connect && chain(&*source).any(found_no_server);
        let reach = if is_nowhere { Reach::Nowhere } else { Reach::Server };
        Self { kind, sent, timed_out: kind == ErrorKind::Timeout, of_request: false, reach, source }
    }

    /// States that no byte of the request reached the server. Any call may then be retried.
    pub fn not_sent(mut self) -> Self {
        self.sent = false;
        self
    }

    /// States that an HTTP/2 server has not processed the request.
    #[cfg(feature = "http2")]
    pub(crate) fn unprocessed(mut self) -> Self {
        self.reach = Reach::Unprocessed;
        self.not_sent()
    }

    /// Reports that the server closed the connection while the request body was sent.
    pub(crate) fn cut_off(mut self) -> Self {
        self.reach = Reach::PartOfBody;
        self
    }

    /// States that a later attempt would fail too.
    pub(crate) fn denied(mut self) -> Self {
        self.reach = Reach::Denied;
        self
    }

    /// States that the attempt was no work for a server.
    pub(crate) fn nowhere(mut self) -> Self {
        self.reach = Reach::Nowhere;
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

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.source()
    }
}

/// The whole text of an error, which is shown without a prefix and is not shortened.
#[derive(Debug)]
pub(crate) struct WholeText(pub(crate) String);

impl fmt::Display for WholeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for WholeText {}

/// An error whose own text does not help, with one that does.
#[derive(Debug)]
pub(crate) struct Explained {
    pub(crate) text: &'static str,
    pub(crate) cause: Box<dyn Error + Send + Sync>,
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl Error for Explained {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.cause)
    }
}

/// How far a failed request got. It decides if the request is sent again, and at what cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// A server may have had work with it.
    Server,
    /// It found no server: the connection was refused, or the address or name is not reachable.
    Nowhere,
    /// An HTTP/2 server said that it has not processed it.
    Unprocessed,
    /// Asking again would not help: a proxy refused to connect to the server, or the resolver knows
    /// that the name does not exist.
    Denied,
    /// It was not begun, because the limits of the client leave its operation no time for it.
    NotBegun,
    /// The server closed the connection while the request's body was sent. It may have answered
    /// that the body is too large.
    PartOfBody,
}

/// Returns true if connecting failed without any work for a server.
fn found_no_server(error: &(dyn Error + 'static)) -> bool {
    use io::ErrorKind::{
        ConnectionRefused, HostUnreachable, NetworkDown, NetworkUnreachable, NotFound,
    };
    error.downcast_ref::<io::Error>().is_some_and(|error| {
        matches!(
            error.kind(),
            // `NotFound` is a Unix socket that is gone.
            ConnectionRefused | HostUnreachable | NetworkDown | NetworkUnreachable | NotFound
        ) || is_lookup(error)
    })
}

/// Returns true if a name could not be resolved. The standard library has no kind for it, only a
/// text, and on Windows the codes 11001 to 11004.
fn is_lookup(error: &io::Error) -> bool {
    let is_code =
        cfg!(windows) && error.raw_os_error().is_some_and(|code| (11001..=11004).contains(&code));
    is_code || error.to_string().starts_with("failed to lookup address information")
}
