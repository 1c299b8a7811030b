//! Compression of the request body.

use bytes::Bytes;
use http::HeaderValue;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http_body::Body as _;

use super::CallLoop;
use crate::body::{Body, gzip};
use crate::endpoint::call_settings::Compression;
use crate::error::{Error, TransportError};

impl CallLoop {
    /// Compresses the body, unless it is small or has a coding already.
    #[cold]
    pub(super) fn compressed(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Request<Body>, Error> {
        let body = request.body();
        let is_small =
            body.size_hint().exact().is_some_and(|bytes| bytes < self.shared().compress_from);
        if is_small || body.is_end_stream() || request.headers().contains_key(CONTENT_ENCODING) {
            return Ok(request);
        }
        let (mut parts, body) = request.into_parts();
        let body = match body.try_into_bytes() {
            Ok(plain) => Body::from(
                self.compressed_once(&plain).map_err(|error| self.not_compressed(error))?,
            ),
            Err(stream) => gzip::stream(stream),
        };
        parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        parts.headers.remove(CONTENT_LENGTH);
        Ok(http::Request::from_parts(parts, body))
    }

    /// Returns the compressed body, which is kept for other attempts.
    fn compressed_once(&self, plain: &[u8]) -> Result<Bytes, TransportError> {
        let Some(options) = &self.options.0 else { return gzip::bytes(plain) };
        if let Some(compressed) = options.compressed.get() {
            return Ok(compressed.clone());
        }
        let compressed = gzip::bytes(plain)?;
        Ok(options.compressed.get_or_init(|| compressed).clone())
    }

    fn not_compressed(&self, error: TransportError) -> Error {
        Error::transport(self.endpoint, error)
    }
}

impl Compression {
    /// Returns true if bodies are compressed.
    pub(super) fn is_on(self) -> bool {
        self != Self::None
    }
}
