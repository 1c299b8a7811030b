//! Errors and bodies of services that are not ours.

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::error::cause::{chain, find};
use crate::error::{ErrorKind, TransportError};
#[cfg(any(feature = "reqwest", feature = "hyper"))]
use crate::transport::cause::exchange_kind;
#[cfg(all(feature = "http2", any(feature = "reqwest", feature = "hyper")))]
use crate::transport::cause::{is_not_processed, is_throttled};
use crate::transport::layer::SendState;

pub(super) type BoxError = Box<dyn Error + Send + Sync>;

/// Reads the error of a service that was called.
pub(super) fn exchange_error(error: BoxError, state: Option<&SendState>) -> TransportError {
    let is_refused = is_overloaded(&*error) && state.is_some_and(|state| !state.may_be_sent());
    let with_fate = fate(&*error);
    let error = with_fate(self::error(error));
    if is_refused { error.not_sent() } else { error }
}

/// Returns a function that adds what HTTP/2 says about the fate of the request. Our own errors say
/// that themselves.
#[cfg(all(feature = "http2", any(feature = "reqwest", feature = "hyper")))]
fn fate(error: &(dyn Error + 'static)) -> fn(TransportError) -> TransportError {
    match find::<TransportError>(error) {
        None if is_not_processed(error) && is_throttled(error) => TransportError::not_sent,
        None if is_not_processed(error) => TransportError::unprocessed,
        _ => std::convert::identity,
    }
}

#[cfg(not(all(feature = "http2", any(feature = "reqwest", feature = "hyper"))))]
fn fate(_: &(dyn Error + 'static)) -> fn(TransportError) -> TransportError {
    std::convert::identity
}

/// Reads an error. Our own comes out unchanged. Of any other it is not known how far the request
/// got, so it counts as sent.
pub(super) fn error(error: BoxError) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(own) => *own,
        Err(other) => {
            let kind = kind(&*other);
            TransportError { sent: true, ..TransportError::new(kind, other) }
        }
    }
}

fn kind(error: &(dyn Error + 'static)) -> ErrorKind {
    match find::<TransportError>(error) {
        Some(own) => own.kind,
        None if is_timeout(error) => ErrorKind::Timeout,
        None => exchange_kind(error),
    }
}

/// Without an HTTP library of our own, its errors cannot be read.
#[cfg(not(any(feature = "reqwest", feature = "hyper")))]
fn exchange_kind(_: &(dyn Error + 'static)) -> ErrorKind {
    ErrorKind::Interrupted
}

/// Returns true if a time limit has passed. This crate does not depend on tower, so its error is
/// known by its text.
fn is_timeout(error: &(dyn Error + 'static)) -> bool {
    let is_io = find::<io::Error>(error).is_some_and(|io| io.kind() == io::ErrorKind::TimedOut);
    is_io || has_text(error, "request timed out")
}

/// Returns true if a service of tower took no more requests.
fn is_overloaded(error: &(dyn Error + 'static)) -> bool {
    has_text(error, "service overloaded")
}

fn has_text(error: &(dyn Error + 'static), text: &str) -> bool {
    chain(error).any(|error| error.to_string() == text)
}

/// The body of a service's response.
pub(super) struct Received<B>(Pin<Box<B>>);

impl<B> Received<B> {
    pub(super) fn new(body: B) -> Self {
        Self(Box::pin(body))
    }
}

impl<B: Body<Data = Bytes>> Body for Received<B>
where
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = self.0.as_mut().poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(|broken| error(broken.into()))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
