//! The future of a call.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::{CallParts, call};
use crate::error::Error;
use crate::response::Response;
use crate::response::from_response::{ResponseRules, ResponseSpec};
use crate::runtime::affinity::RuntimeAffinity;

/// The future of a call, `Send` and `'static`: what `.send()` of an async client gives.
///
/// Dropping it cancels the call; what was sent by then may have been executed.
#[must_use = "a call is made only when its future is awaited"]
pub struct ResponseFuture<T> {
    reply: Reply,
    decode: fn(Response) -> Result<T, Error>,
    /// Where polling needs a runtime.
    home: Option<RuntimeAffinity>,
}

type Reply = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

#[inline(never)]
fn start(parts: Box<CallParts>, rules: ResponseRules) -> Reply {
    Box::pin(call(parts, rules))
}

impl ResponseFuture<Response> {
    /// The future of a response that is not decoded yet.
    pub(crate) fn undecoded(parts: Box<CallParts>, rules: ResponseRules) -> Self {
        Self::new(parts, ResponseSpec { rules, decode: Ok })
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { reply, home, .. } = &mut *self;
        let reply = ready!(poll(reply, home.as_mut(), context));
        Poll::Ready(reply.and_then(self.decode))
    }
}

impl<T> ResponseFuture<T> {
    pub(crate) fn new(parts: Box<CallParts>, spec: ResponseSpec<T>) -> Self {
        let endpoint = parts.request.endpoint;
        let home = parts.client.shared.needs_runtime.then(|| RuntimeAffinity::new(endpoint));
        Self { reply: start(parts, spec.rules), decode: spec.decode, home }
    }
}

// Not inlined: it is the same for all return types.
#[inline(never)]
fn poll(
    reply: &mut Reply,
    home: Option<&mut RuntimeAffinity>,
    context: &mut Context<'_>,
) -> Poll<Result<Response, Error>> {
    match home {
        Some(home) => home.poll(|| reply.as_mut().poll(context)),
        None => reply.as_mut().poll(context),
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture(..)")
    }
}
