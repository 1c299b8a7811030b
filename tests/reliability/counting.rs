//! A layer as a stranger would write it: it counts the requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use connectors_client::{Body, NextTransport, Transport, TransportFuture};

pub(crate) struct Counting(pub(crate) NextTransport, pub(crate) Arc<AtomicU32>);

impl Transport for Counting {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.send(request)
    }
}
