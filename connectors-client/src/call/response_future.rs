//! The future of a call.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::{CallParts, call};
use crate::error::Error;
use crate::response::Response;
use crate::response::from_response::{ResponseRules, ResponseSpec};
use crate::runtime::affinity::RuntimeAffinity;

/// The future of a call, returned by `.send()` of an async client. It is `Send` and `'static`.
///
/// Nothing is sent before the first poll. Dropping the future cancels the call, but the server may
/// already have executed it. The future must be polled on the Tokio runtime that it started on;
/// otherwise it returns a [`Runtime`](crate::ErrorKind::Runtime) error.
#[must_use = "a call is made only when its future is awaited"]
pub struct ResponseFuture<T> {
    response: UndecodedFuture,
    decode: fn(Response) -> Result<T, Error>,
    /// The runtime of the call, if the client needs one.
    affinity: Option<RuntimeAffinity>,
}

type UndecodedFuture = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

#[inline(never)]
fn start(parts: Box<CallParts>, rules: ResponseRules) -> UndecodedFuture {
    Box::pin(call(parts, rules))
}

impl ResponseFuture<Response> {
    /// Returns a future that does not decode the response.
    pub(crate) fn undecoded(parts: Box<CallParts>, rules: ResponseRules) -> Self {
        Self::new(parts, ResponseSpec { rules, decode: Ok })
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { response, affinity, .. } = &mut *self;
        let response = ready!(poll(response, affinity.as_mut(), context));
        Poll::Ready(response.and_then(|response| response.decoded(self.decode)))
    }
}

impl<T> ResponseFuture<T> {
    pub(crate) fn new(parts: Box<CallParts>, spec: ResponseSpec<T>) -> Self {
        let endpoint = parts.request.endpoint;
        let affinity = parts.client.shared.needs_runtime.then(|| RuntimeAffinity::new(endpoint));
        Self { response: start(parts, spec.rules), decode: spec.decode, affinity }
    }
}

// Not inlined, because it is the same for all return types.
#[inline(never)]
fn poll(
    response: &mut UndecodedFuture,
    affinity: Option<&mut RuntimeAffinity>,
    context: &mut Context<'_>,
) -> Poll<Result<Response, Error>> {
    match affinity {
        Some(affinity) => affinity.poll(|| response.as_mut().poll(context)),
        None => response.as_mut().poll(context),
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of_future<F>(_: fn(Box<CallParts>, ResponseRules) -> F) -> usize {
        size_of::<F>()
    }

    /// The allocator of glibc keeps blocks of up to 1,032 bytes per thread. A larger future makes
    /// each call slower.
    #[test]
    fn the_future_of_a_call_is_small_enough_for_the_allocators_cache_of_a_thread() {
        let size = size_of_future(call);
        assert!(size <= 1032, "{size} bytes");
    }
}
