//! The edge to the network: the one interface that tests, recorders, metrics and proxies implement.

#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod cause;
#[cfg(feature = "hyper")]
pub(crate) mod hyper;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub(crate) mod network;
pub(crate) mod probe;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;

use std::pin::Pin;
use std::time::Instant;

use crate::body::Body;
use crate::error::TransportError;

/// Marks a request whose response stays as it is stored: its body is not decompressed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AsStored;

/// Number of the attempt within its call, counted from 1. It is in the extensions of each request.
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

/// Sends one request and returns its response, once and unchanged.
///
/// The call loop handles retries, redirects and error statuses. The request's extensions hold the
/// [`&'static Endpoint`](crate::Endpoint) and the [`Attempt`](crate::Attempt). A transport is
/// called inside the caller's Tokio runtime. Its future may be dropped at any time, because the
/// call was cancelled or a timeout expired.
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
///
/// use connectors_client::{Body, Client, Endpoint, Fake, TransportFuture, Transport};
///
/// /// Counts the requests.
/// struct Counting<T> {
///     inner: T,
///     count: AtomicUsize,
/// }
///
/// impl<T: Transport> Transport for Counting<T> {
///     fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
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
    /// Sends the request. The response body may still be arriving.
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_>;

    /// Returns true if the transport reads the extensions of a request. Otherwise they are not
    /// built. The default is true.
    fn reads_extensions(&self) -> bool {
        true
    }

    /// Reports that a timeout expired for a request that was sent after `since`, a time of the
    /// client's [`Clock`](crate::Clock).
    ///
    /// A transport with multiplexed connections should send no more requests over those that
    /// existed then, because they may be dead. The default does nothing.
    fn timed_out(&self, since: Instant) {
        let _ = since;
    }
}

/// Future returned by [`Transport::send`]: `Box::pin(async move { .. })`.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send + 'a>>;

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
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
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        (**self).send(request)
    }

    fn reads_extensions(&self) -> bool {
        (**self).reads_extensions()
    }

    fn timed_out(&self, since: Instant) {
        (**self).timed_out(since);
    }
}
