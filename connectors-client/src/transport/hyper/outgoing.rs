//! The body of a request, which knows if its request was begun to be sent.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};

use crate::body::Body;
use crate::error::TransportError;

/// Tells if a connection has begun to send a request.
#[derive(Clone, Default)]
pub(super) struct Sent(Arc<AtomicBool>);

impl Sent {
    pub(super) fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The body of a request. No connection can send the first byte of a request without asking its body
/// for something: the headers depend on its length. Nothing before a connection asks.
pub(super) struct Outgoing {
    body: Body,
    sent: Sent,
}

impl Outgoing {
    pub(super) fn new(body: Body, sent: Sent) -> Self {
        Self { body, sent }
    }
}

impl HttpBody for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.sent.begin();
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.sent.begin();
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.sent.begin();
        self.body.size_hint()
    }
}
