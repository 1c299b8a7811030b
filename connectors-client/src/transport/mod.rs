//! The edge to the network: the one interface that tests, recorders, metrics and proxies implement.

#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod cause;
pub(crate) mod host;
#[cfg(feature = "hyper")]
pub(crate) mod hyper;
pub(crate) mod layer;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub(crate) mod network;
pub(crate) mod probe;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest_client;
#[cfg(feature = "tower")]
pub(crate) mod tower;

use std::pin::Pin;
use std::time::Instant;

use http::header::CONTENT_RANGE;
use http::{HeaderMap, StatusCode};

use crate::body::Body;
use crate::encode::media_type::MediaType;
use crate::error::TransportError;

/// Marks a request whose response stays as it is stored: its body is not decompressed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AsStored;

/// Marks a request whose response is read while it arrives, for recorders.
#[cfg(feature = "recorder")]
#[derive(Clone, Copy)]
pub(crate) struct Streamed;

/// Returns true if a response is a part of the stored bytes (RFC 9110 section 15.3.7), which has
/// their coding. Some servers answer 206 to a list of which they send a part, and compress the
/// response like any other.
///
/// `has_range` decides about a response that does not name its range.
pub(crate) fn is_part_of_bytes(status: StatusCode, headers: &HeaderMap, has_range: bool) -> bool {
    if status != StatusCode::PARTIAL_CONTENT {
        return false;
    }
    let is_several = MediaType::of(headers).is_some_and(|own| own.is("multipart/byteranges"));
    let unit = headers.get(CONTENT_RANGE).map(|range| range.as_bytes().get(..5));
    let is_of_bytes = unit.map(|unit| unit.is_some_and(|unit| unit.eq_ignore_ascii_case(b"bytes")));
    is_several || is_of_bytes.unwrap_or(has_range)
}

/// Number of the attempt within its call, and of the redirect within the attempt. It is in the
/// extensions of each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    number: u32,
    hop: u32,
}

impl Attempt {
    /// Creates the first request of the attempt with this number. Calls create their own; use this
    /// in tests of a transport.
    pub fn new(number: u32) -> Self {
        Self { number, hop: 0 }
    }

    /// Sets the number of redirects before this request.
    pub fn with_hop(self, hop: u32) -> Self {
        Self { hop, ..self }
    }

    /// Returns the number of the attempt, counted from 1.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Returns the number of redirects that led to this request: 0 for the first request of an
    /// attempt.
    pub fn hop(self) -> u32 {
        self.hop
    }
}

/// Sends one request and returns its response, once and unchanged.
///
/// The call loop handles retries, redirects and error statuses, so a transport sees each attempt,
/// and each redirect that an attempt follows. The request's extensions hold the
/// [`&'static Endpoint`](crate::Endpoint), the [`Attempt`](crate::Attempt) and the
/// [`Arguments`](crate::Arguments). A transport is called inside the caller's Tokio runtime, or on
/// the background runtime of blocking calls. Its future may be dropped at any time, because the call
/// was cancelled or a timeout expired.
///
/// In an async call it must not block, because it would block other tasks of the caller's runtime.
/// Blocking calls run it apart from each other, so there it delays its own call only.
///
/// A transport that stands around another one is a [layer](crate::ClientBuilder::layer). It only
/// has to send:
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicUsize, Ordering};
///
/// use connectors_client::{Body, Client, Endpoint, NextTransport, Transport, TransportFuture};
///
/// /// Counts the requests.
/// struct Counting {
///     next: NextTransport,
///     count: Arc<AtomicUsize>,
/// }
///
/// impl Transport for Counting {
///     fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
///         let endpoint = request.extensions().get::<&'static Endpoint>();
///         println!("{}: {endpoint:?}", self.count.fetch_add(1, Ordering::Relaxed));
///         self.next.send(request)
///     }
/// }
///
/// let count = Arc::new(AtomicUsize::new(0));
/// let counted = Arc::clone(&count);
/// let client = Client::builder("https://api.example.com")
///     .layer(|next| Counting { next, count: counted })
///     .build()?;
/// # Ok::<(), connectors_client::ConfigError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a transport",
    label = "this type cannot send requests",
    note = "implement `connectors_client::Transport` for it; its only required function is `send`",
    note = "a layer is a function that returns a transport: `.layer(|next| MyTransport {{ next }})`"
)]
pub trait Transport: Send + Sync + 'static {
    /// Sends the request. The response body may still be arriving.
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_>;

    /// Returns true if the transport itself reads the extensions of a request. They are built if
    /// the transport or one of its layers reads them. The default is true.
    ///
    /// It is asked once, when the client is built.
    fn reads_extensions(&self) -> bool {
        true
    }

    /// Reports that a timeout expired for a request that was sent after `since`, a time of the
    /// client's [`Clock`](crate::Clock).
    ///
    /// A transport with multiplexed connections should send no more requests over those that
    /// existed then, because they may be dead. The default does nothing. The client tells the
    /// transport and each of its layers.
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
