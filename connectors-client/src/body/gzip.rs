//! Bodies compressed by gzip.

use std::io::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body::Frame;

use super::Body;
use crate::error::{ErrorKind, TransportError};

/// Size of the chunks of a compressed stream, in bytes.
const CHUNK: usize = 16 * 1024;

/// Compresses bytes.
pub(crate) fn bytes(plain: &[u8]) -> Result<Bytes, TransportError> {
    let mut encoder = encoder(plain.len() / 4);
    encoder.write_all(plain).and_then(|()| encoder.finish()).map(Bytes::from).map_err(failed)
}

/// Compresses a stream while it is read.
pub(crate) fn stream(plain: Body) -> Body {
    Body::stream(Compressed { plain, encoder: Some(encoder(CHUNK)), waits: false, trailers: None })
}

fn encoder(capacity: usize) -> GzEncoder<Vec<u8>> {
    GzEncoder::new(Vec::with_capacity(capacity), Compression::default())
}

fn failed(error: std::io::Error) -> TransportError {
    TransportError::new(ErrorKind::Build, error)
}

struct Compressed {
    plain: Body,
    /// `None` after the end.
    encoder: Option<GzEncoder<Vec<u8>>>,
    /// True if the encoder holds bytes that the server should not wait for.
    waits: bool,
    trailers: Option<Frame<Bytes>>,
}

impl http_body::Body for Compressed {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        while let Some(encoder) = &mut self.encoder {
            if encoder.get_ref().len() >= CHUNK {
                return Poll::Ready(Some(Ok(Frame::data(taken(encoder)))));
            }
            match Pin::new(&mut self.plain).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => self.push(frame)?,
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(self.end()),
                Poll::Pending => return self.flushed(),
            }
        }
        Poll::Ready(self.trailers.take().map(Ok))
    }
}

impl Compressed {
    fn push(&mut self, frame: Frame<Bytes>) -> Result<(), TransportError> {
        match (frame.into_data(), &mut self.encoder) {
            (Ok(data), Some(encoder)) => {
                self.waits = true;
                encoder.write_all(&data).map_err(failed)
            }
            (Ok(_), None) => Ok(()),
            (Err(trailers), _) => {
                self.trailers = Some(trailers);
                Ok(())
            }
        }
    }

    /// Returns the rest of the compressed data.
    fn end(&mut self) -> Option<Result<Frame<Bytes>, TransportError>> {
        let rest = self.encoder.take()?.finish();
        Some(rest.map(|rest| Frame::data(Bytes::from(rest))).map_err(failed))
    }

    /// Returns all data of a stream that pauses, so that it does not stay in the encoder.
    fn flushed(&mut self) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.encoder {
            Some(encoder) if std::mem::take(&mut self.waits) => {
                encoder.flush().map_err(failed)?;
                Poll::Ready(Some(Ok(Frame::data(taken(encoder)))))
            }
            _ => Poll::Pending,
        }
    }
}

fn taken(encoder: &mut GzEncoder<Vec<u8>>) -> Bytes {
    Bytes::from(std::mem::replace(encoder.get_mut(), Vec::with_capacity(CHUNK)))
}
