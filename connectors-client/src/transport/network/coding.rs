//! Content codings (RFC 9110 section 8.4): which are accepted, and how they are removed.

use std::future::{Ready, ready};
use std::pin::{Pin, pin};
use std::task::{self, Context, Poll, Waker};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, RANGE, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue, Method, Response};
use http_body::{Body as HttpBody, Frame};
use tower_http::decompression::{Decompression, DecompressionBody};
use tower_service::Service;

use crate::body::Body;
use crate::error::{ErrorKind, TransportError};
use crate::transport::{AsStored, is_part_of_bytes};

/// Value of `Accept-Encoding`: the supported codings.
const CODINGS: &str =
    match (cfg!(feature = "deflate"), cfg!(feature = "brotli"), cfg!(feature = "zstd")) {
        (false, false, false) => "gzip",
        (true, false, false) => "gzip,deflate",
        (false, true, false) => "gzip,br",
        (false, false, true) => "gzip,zstd",
        (true, true, false) => "gzip,deflate,br",
        (true, false, true) => "gzip,deflate,zstd",
        (false, true, true) => "gzip,br,zstd",
        (true, true, true) => "gzip,deflate,br,zstd",
    };

/// Adds the headers that the HTTP libraries leave to their users.
pub(in crate::transport) fn complete(
    headers: &mut HeaderMap,
    method: &Method,
    body: &Body,
    asked: Asked,
) {
    let codings = asked.codings();
    headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static(codings));
    let is_empty = body.is_end_stream();
    if is_empty && matches!(*method, Method::POST | Method::PUT | Method::PATCH) {
        // RFC 9110 section 8.6 asks for it and hyper omits it. Some servers answer 411 without it.
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if !is_empty && matches!(*method, Method::GET | Method::HEAD) && !has_length(body) {
        // hyper drops such a body unless a header announces it. HTTP/2 has no such header, and
        // hyper removes it there.
        headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
    }
}

fn has_length(body: &Body) -> bool {
    body.size_hint().exact().is_some()
}

/// The properties of a request by which its response keeps its coding.
#[derive(Clone, Copy)]
pub(in crate::transport) struct Asked {
    is_as_stored: bool,
    has_range: bool,
}

impl Asked {
    pub(in crate::transport) fn by(request: &http::Request<Body>) -> Self {
        Self {
            is_as_stored: request.extensions().get::<AsStored>().is_some(),
            has_range: request.headers().contains_key(RANGE),
        }
    }

    /// Returns the codings that the request asks for. A range is one of the stored bytes. It may
    /// come from a layer, so the transport looks at it last.
    fn codings(self) -> &'static str {
        if self.has_range { "identity" } else { CODINGS }
    }

    fn keeps_coding<B>(self, response: &Response<B>) -> bool {
        let (status, headers) = (response.status(), response.headers());
        (self.is_as_stored && status.is_success())
            || is_part_of_bytes(status, headers, self.has_range)
    }
}

/// Removes the codings of a response body. A part of the stored bytes keeps them, because it cannot
/// be decoded.
pub(in crate::transport) fn decode<B>(
    mut response: Response<B>,
    asked: Asked,
) -> Result<Response<Body>, TransportError>
where
    B: HttpBody<Data = Bytes, Error = TransportError> + Send + Sync + Unpin + 'static,
{
    if !response.headers().contains_key(CONTENT_ENCODING) || asked.keeps_coding(&response) {
        return Ok(response.map(Body::stream));
    }
    join_codings(response.headers_mut());
    let decoding = Decompression::new(Received(Some(response))).call(http::Request::new(()));
    // It is ready, because the response is.
    match pin!(decoding).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(response) => Ok(response?.map(|body| Body::decompressed(Decoded(body)))),
        Poll::Pending => {
            Err(TransportError::new(ErrorKind::Decode, "the response was not there yet"))
        }
    }
}

/// Joins several `Content-Encoding` headers into one list (RFC 9110 section 5.3). The decompression
/// layer decodes only the first header and removes all of them. A body with two codings would then
/// pass as data with one coding left.
fn join_codings(headers: &mut HeaderMap) {
    let codings: Vec<_> =
        headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes).collect();
    if codings.len() > 1
        && let Ok(list) = HeaderValue::from_bytes(&codings.join(&b", "[..]))
    {
        headers.insert(CONTENT_ENCODING, list);
    }
}

/// A received response as the service that the decompression layer needs.
struct Received<B>(Option<Response<B>>);

impl<B> Service<http::Request<()>> for Received<B> {
    type Response = Response<B>;
    type Error = TransportError;
    type Future = Ready<Result<Response<B>, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<()>) -> Self::Future {
        // The service is called once.
        let response = self.0.take();
        ready(response.ok_or_else(|| {
            TransportError::new(ErrorKind::Decode, "the response was already taken")
        }))
    }
}

/// A decompressed response body. Errors that do not come from the exchange come from decompression.
struct Decoded<B: HttpBody>(DecompressionBody<B>);

impl<B> HttpBody for Decoded<B>
where
    B: HttpBody<Data = Bytes, Error = TransportError> + Unpin,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = task::ready!(Pin::new(&mut self.0).poll_frame(context));
        Poll::Ready(frame.map(|frame| {
            frame.map_err(|error| match error.downcast() {
                Ok(transport_error) => *transport_error,
                Err(decoding) => TransportError::new(ErrorKind::Decode, decoding),
            })
        }))
    }
}
