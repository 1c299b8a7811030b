//! The future of a call.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::call::call;
use crate::caller::{Call, Prepared};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::response::{Expected, FromResponse, Response};

/// The future of a call, `Send` and `'static`: what `.send()` of an async client gives.
///
/// Dropping it cancels the call; what was sent by then may have been executed.
#[must_use = "a call is made only when its future is awaited"]
pub struct ResponseFuture<T> {
    reply: Reply,
    decode: fn(Response) -> Result<T, Error>,
    /// The endpoint, where polling needs a runtime.
    needs_runtime: Option<&'static Endpoint>,
}

type Reply = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

#[inline(never)]
fn start(prepared: Box<Prepared>, expected: Expected) -> Reply {
    Box::pin(call(prepared, expected))
}

impl<T: FromResponse> ResponseFuture<T> {
    pub(crate) fn new<M>(call: Call<M>) -> Self {
        let needs_runtime =
            call.prepared.client.shared.needs_runtime.then_some(call.prepared.request.endpoint);
        Self { reply: start(call.prepared, Expected::of::<T>()), decode: T::from_response, needs_runtime }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(endpoint) = self.needs_runtime {
            check_runtime(endpoint)?;
        }
        let reply = ready!(self.reply.as_mut().poll(context));
        Poll::Ready(reply.and_then(self.decode))
    }
}

/// Tokio's timers and sockets panic outside a runtime.
#[inline(never)]
pub(crate) fn check_runtime(endpoint: &'static Endpoint) -> Result<(), Error> {
    match tokio::runtime::Handle::try_current() {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::new(
            ErrorKind::Runtime,
            Some(endpoint),
            "the call was made outside a Tokio runtime: await it inside one, or use the blocking client",
        )),
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture(..)")
    }
}
