//! The edge to the network: the one seam that tests, recorders, metrics and proxies need.

mod cause;
mod pools;
pub(crate) mod reqwest;

use std::pin::Pin;
use std::time::Instant;

use crate::body::Body;
use crate::error::TransportError;

/// Which attempt of its call a request is, counted from 1. A transport finds it in the extensions of each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt(u32);

impl Attempt {
    /// The attempt with this number. Calls make their own; this is for tests of a transport.
    pub fn new(number: u32) -> Self {
        Self(number)
    }

    /// Returns the number of the attempt, counted from 1.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// Sends one request and gives its reply, once and as it is.
///
/// No retry, no redirect and no status is a transport's business. The request's extensions hold the
/// [`&'static Endpoint`](crate::Endpoint) and the [`Attempt`](crate::Attempt). A transport is called inside the
/// caller's Tokio runtime, and its future may be dropped at any time: the call was cancelled or a limit has passed.
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
///
/// use connectors_client::{Body, Client, Endpoint, Fake, Sending, Transport};
///
/// /// Counts the requests that pass.
/// struct Counting<T> {
///     inner: T,
///     count: AtomicUsize,
/// }
///
/// impl<T: Transport> Transport for Counting<T> {
///     fn send(&self, request: http::Request<Body>) -> Sending<'_> {
///         let endpoint = request.extensions().get::<&'static Endpoint>();
///         println!("{}: {endpoint:?}", self.count.fetch_add(1, Ordering::Relaxed));
///         self.inner.send(request)
///     }
/// }
///
/// let counting = Counting { inner: Fake::new(), count: AtomicUsize::new(0) };
/// let client = Client::builder("https://api.example.com").transport(counting).build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends the request; the reply's body may still be arriving.
    fn send(&self, request: http::Request<Body>) -> Sending<'_>;

    /// Returns true if the transport reads the extensions of a request. If it returns false, they are not made. The
    /// default is true.
    fn reads_extensions(&self) -> bool {
        true
    }

    /// Says that a limit of time has passed for a request that was sent after `since`. A transport whose connections
    /// serve several requests at once should give those that were there then no more of them: they may be dead. The
    /// default does nothing.
    fn timed_out(&self, since: Instant) {
        let _ = since;
    }
}

/// What [`Transport::send`] returns: `Box::pin(async move { .. })`.
pub type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send + 'a>>;

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(&self, request: http::Request<Body>) -> Sending<'_> {
        (**self).send(request)
    }

    fn reads_extensions(&self) -> bool {
        (**self).reads_extensions()
    }

    fn timed_out(&self, since: Instant) {
        (**self).timed_out(since);
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: http::Request<Body>) -> Sending<'_> {
        (**self).send(request)
    }

    fn reads_extensions(&self) -> bool {
        (**self).reads_extensions()
    }

    fn timed_out(&self, since: Instant) {
        (**self).timed_out(since);
    }
}
