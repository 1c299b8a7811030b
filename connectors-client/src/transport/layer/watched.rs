//! The transport below all layers, which counts what it sends for them.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::SendState;
use crate::body::Body;
use crate::error::TransportError;
use crate::transport::{Transport, TransportFuture, probe};

pub(super) struct Watched(pub(super) Arc<dyn Transport>);

impl Transport for Watched {
    fn send(&self, mut request: http::Request<Body>) -> TransportFuture<'_> {
        let state = request.extensions_mut().remove::<Arc<SendState>>();
        let sending = self.0.send(request);
        match state {
            Some(state) => Box::pin(Watching { sending, state, has_begun: false }),
            None => sending,
        }
    }

    fn reads_extensions(&self) -> bool {
        self.0.reads_extensions()
    }
}

/// A request on its way. If it is dropped while it is pending, it counts as sent.
struct Watching<'a> {
    sending: TransportFuture<'a>,
    state: Arc<SendState>,
    has_begun: bool,
}

impl Watching<'_> {
    /// Answers the last poll. A request that was not begun stays so.
    fn answer(&mut self) {
        if !self.has_begun {
            return self.state.answer_unsent();
        }
        if matches!(probe::last_poll(self.sending.as_mut()), Err(true)) {
            self.state.end_unsent();
            self.state.answer_unsent();
        }
    }
}

impl Future for Watching<'_> {
    type Output = Result<http::Response<Body>, TransportError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.state.is_asking() {
            self.answer();
            return Poll::Pending;
        }
        if !self.has_begun {
            self.has_begun = true;
            self.state.begin();
        }
        let result = ready!(self.sending.as_mut().poll(context));
        if result.as_ref().is_err_and(|error| !error.sent) {
            self.state.end_unsent();
        }
        Poll::Ready(result)
    }
}
