//! The edge to the network: the one seam that tests, recorders, metrics and proxies need.

mod cause;
pub(crate) mod reqwest;

use std::fmt;
use std::pin::Pin;

use crate::ErrorKind;
use crate::body::Body;

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

    /// Whether it looks at the extensions of a request, which otherwise are not made.
    #[doc(hidden)]
    fn reads_extensions(&self) -> bool {
        true
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
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: http::Request<Body>) -> Sending<'_> {
        (**self).send(request)
    }

    fn reads_extensions(&self) -> bool {
        (**self).reads_extensions()
    }
}

/// Why a transport gave no reply, or broke off within one.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) kind: ErrorKind,
    pub(crate) sent: bool,
    pub(crate) timed_out: bool,
    /// Whether it was the request's own body that could not be read.
    pub(crate) of_request: bool,
    pub(crate) source: Box<dyn std::error::Error + Send + Sync>,
}

impl TransportError {
    /// An error of this kind. The request counts as sent unless [`not_sent`](Self::not_sent) says otherwise, except
    /// for the kinds `Build`, `Connect` and `Tls`, which come before anything is sent.
    pub fn new(kind: ErrorKind, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let sent = !matches!(kind, ErrorKind::Build | ErrorKind::Connect | ErrorKind::Tls);
        Self { kind, sent, timed_out: kind == ErrorKind::Timeout, of_request: false, source: source.into() }
    }

    /// Says for sure that no byte of the request reached the server, so that any call may be repeated.
    pub fn not_sent(mut self) -> Self {
        self.sent = false;
        self
    }

    /// Says that the request's own body could not be read.
    pub(crate) fn of_the_request(mut self) -> Self {
        self.of_request = true;
        self
    }

    /// The kind of error.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.source()
    }
}
