//! What went wrong, read from the causes of an error of the HTTP library.

use std::error::Error;
use std::io;

use super::TransportError;
use crate::ErrorKind;

/// Whether it was the request's own body that failed, in the caller's hands.
pub(super) fn is_of_the_request(error: &(dyn Error + 'static)) -> bool {
    find::<TransportError>(error).is_some()
}

/// The kind of an error that came before the head of a reply, once a connection was there.
pub(super) fn of_exchange(error: &(dyn Error + 'static)) -> ErrorKind {
    match find::<hyper::Error>(error) {
        Some(hyper) if hyper.is_parse() || hyper.is_parse_status() => ErrorKind::Protocol,
        _ => ErrorKind::Interrupted,
    }
}

/// The kind of an error of connecting: TLS said why, or it was the network.
pub(super) fn of_connecting(error: &(dyn Error + 'static)) -> ErrorKind {
    if find::<rustls::Error>(error).is_some() { ErrorKind::Tls } else { ErrorKind::Connect }
}

/// The kind of an error within a reply's body, as it comes: its framing is broken, or the network.
pub(super) fn of_body(error: &(dyn Error + 'static)) -> ErrorKind {
    match find::<io::Error>(error).map(io::Error::kind) {
        Some(io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) => ErrorKind::Protocol,
        _ => ErrorKind::Interrupted,
    }
}

/// The last cause of this type.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut found = None;
    let mut next = Some(error);
    while let Some(error) = next {
        found = error.downcast_ref().or(found);
        next = cause(error);
    }
    found
}

/// The next cause. An `io::Error` gives the cause of what it wraps as its own, and hides what it wraps.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}
