//! Layers around a transport.

mod send_state;
mod watched;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use super::{Transport, TransportFuture, probe};
use crate::body::Body;
pub(crate) use send_state::SendState;
use watched::Watched;

/// The transport inside a [layer](crate::ClientBuilder::layer): the layer before it, or the
/// transport that sends. Clones are cheap.
///
/// A layer only calls [`send`](Transport::send) on it. The client itself tells each transport of
/// [timeouts](Transport::timed_out), so a layer need not pass them on.
#[derive(Clone)]
pub struct NextTransport(Arc<dyn Transport>);

impl Transport for NextTransport {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        self.0.send(request)
    }

    fn reads_extensions(&self) -> bool {
        self.0.reads_extensions()
    }
}

impl fmt::Debug for NextTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NextTransport(..)")
    }
}

/// A function that builds a layer around a transport.
pub(crate) type Layer = Box<dyn FnOnce(NextTransport) -> Arc<dyn Transport> + Send + Sync>;

/// A transport and the layers around it. Clones share them.
#[derive(Clone)]
pub(crate) struct Stack {
    /// The last layer, or the transport if there is none.
    outermost: Arc<dyn Transport>,
    /// The transport and its layers. The client asks and tells each of them directly, so a layer
    /// that only sends keeps nothing from those below it.
    all: Arc<[Arc<dyn Transport>]>,
    reads_extensions: bool,
    /// True if a transport or layer of the caller sends.
    may_block: bool,
}

impl Stack {
    /// `is_custom` is true if the transport is one of the caller.
    pub(crate) fn new(transport: Box<dyn Transport>, is_custom: bool, layers: Vec<Layer>) -> Self {
        let may_block = is_custom || !layers.is_empty();
        let transport: Arc<dyn Transport> = transport.into();
        let mut all = vec![Arc::clone(&transport)];
        let mut outermost = match layers.len() {
            0 => transport,
            _ => Arc::new(Watched(transport)),
        };
        for layer in layers {
            outermost = layer(NextTransport(outermost));
            all.push(Arc::clone(&outermost));
        }
        let reads_extensions = all.iter().any(Transport::reads_extensions);
        Self { outermost, all: all.into(), reads_extensions, may_block }
    }

    pub(crate) fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        self.outermost.send(request)
    }

    pub(crate) fn reads_extensions(&self) -> bool {
        self.reads_extensions
    }

    /// Returns true if code of the caller sends, which may block.
    pub(crate) fn may_block(&self) -> bool {
        self.may_block
    }

    pub(crate) fn timed_out(&self, since: Instant) {
        self.all.iter().for_each(|transport| transport.timed_out(since));
    }

    /// Starts to watch what the layers do with a request. Without a layer there is nothing to watch.
    pub(crate) fn watch(&self, request: &mut http::Request<Body>) -> Option<Arc<SendState>> {
        if self.all.len() == 1 {
            return None;
        }
        let state = Arc::<SendState>::default();
        request.extensions_mut().insert(Arc::clone(&state));
        Some(state)
    }

    /// Polls the future of a request for the last time, like [`probe::last_poll`].
    pub(crate) fn last_poll<T>(
        state: Option<&SendState>,
        sending: Pin<&mut impl Future<Output = T>>,
    ) -> Result<T, bool> {
        match state {
            Some(state) => state.last_poll(sending),
            None => probe::last_poll(sending),
        }
    }
}
