//! Failures of an exchange over the network, as errors of a transport.

use std::error::Error;
#[cfg(feature = "hyper")]
use std::fmt;

use super::resolver::{NotHere, Unresolved};
use crate::error::cause::find;
use crate::error::{ErrorKind, Explained, TransportError};
use crate::transport::cause;

/// The phase of a request in which an HTTP library failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::transport) enum Phase {
    /// The request could not be built.
    #[cfg_attr(not(feature = "reqwest"), expect(dead_code, reason = "only reqwest builds one"))]
    Building,
    Connecting,
    Exchanging,
}

/// Returns the error of a request without a response. `is_large` is true if the request's body takes a
/// while to send.
pub(in crate::transport) fn of_exchange<E>(
    error: E,
    phase: Phase,
    timed_out: bool,
    is_large: bool,
) -> TransportError
where
    E: Error + Send + Sync + 'static,
{
    if cause::is_of_the_request(&error) {
        return with_kind(ErrorKind::Interrupted, timed_out, error).of_the_request();
    }
    #[cfg(feature = "http2")]
    if cause::is_not_processed(&error) {
        let is_throttled = cause::is_throttled(&error);
        let error = with_kind(ErrorKind::Interrupted, timed_out, error);
        return if is_throttled { error.not_sent() } else { error.unprocessed() };
    }
    if phase == Phase::Connecting && cause::is_of_the_pool(&error) {
        return with_kind(ErrorKind::Interrupted, false, error).not_sent();
    }
    // A keep-alive without an answer is the end of the connection, not a timeout of the call.
    let timed_out = timed_out && (phase == Phase::Connecting || !cause::is_unanswered(&error));
    let kind = match phase {
        Phase::Building => ErrorKind::Build,
        Phase::Connecting => return of_connecting(error, timed_out),
        Phase::Exchanging if timed_out => ErrorKind::Timeout,
        Phase::Exchanging => cause::exchange_kind(&error),
    };
    let is_cut_off = is_large && kind == ErrorKind::Interrupted && cause::is_closed(&error);
    let error = with_kind(kind, timed_out, error);
    if is_cut_off { error.cut_off() } else { error }
}

/// A proxy answered CONNECT with another status than 200.
#[cfg(feature = "hyper")]
#[derive(Debug)]
pub(in crate::transport) struct RefusedConnect {
    pub(in crate::transport) status: u16,
}

#[cfg(feature = "hyper")]
impl RefusedConnect {
    /// Returns true if asking again would not help.
    fn is_final(&self) -> bool {
        matches!(self.status, 401 | 403 | 407)
    }
}

#[cfg(feature = "hyper")]
impl fmt::Display for RefusedConnect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the proxy answered CONNECT with {}", self.status)?;
        f.write_str(if self.status == 407 { ": it asks for a user and password" } else { "" })
    }
}

#[cfg(feature = "hyper")]
impl Error for RefusedConnect {}

fn of_connecting(error: impl Error + Send + Sync + 'static, timed_out: bool) -> TransportError {
    let kind = cause::connecting_kind(&error);
    // Asking again would not help, and the caller has to read this text.
    if let Some(elsewhere) = find::<NotHere>(&error) {
        return TransportError::new(kind, elsewhere.to_string()).denied();
    }
    #[cfg(feature = "hyper")]
    if let Some(refused) = find::<RefusedConnect>(&error) {
        let error = TransportError::new(kind, refused.to_string());
        return if refused.is_final() { error.denied() } else { error };
    }
    if let Some(Unresolved { is_final, .. }) = find(&error) {
        let (is_final, error) = (*is_final, with_kind(kind, timed_out, error));
        return if is_final { error.denied() } else { error.nowhere() };
    }
    let Some(text) = cause::explanation(&error) else { return with_kind(kind, timed_out, error) };
    let is_denied = cause::is_denied(&error);
    let error = with_kind(kind, timed_out, Explained { text, cause: Box::new(error) });
    if is_denied { error.denied() } else { error }
}

/// Returns the error of a response body that broke off.
pub(in crate::transport) fn of_body<E>(error: E, timed_out: bool) -> TransportError
where
    E: Error + Send + Sync + 'static,
{
    let timed_out = timed_out && !cause::is_unanswered(&error);
    with_kind(cause::body_kind(&error), timed_out, error)
}

fn with_kind(
    kind: ErrorKind,
    timed_out: bool,
    error: impl Error + Send + Sync + 'static,
) -> TransportError {
    TransportError { timed_out, ..TransportError::new(kind, error) }
}
