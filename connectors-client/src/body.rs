//! Bodies of requests and replies, as they pass through a transport.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::transport::TransportError;

/// The body of a request or reply: bytes, or a stream of them.
///
/// It is an [`http_body::Body`], so that anything else of the HTTP ecosystem can read it.
#[derive(Default)]
pub struct Body(Content);

type Stream = dyn http_body::Body<Data = Bytes, Error = TransportError> + Send + Sync;

#[derive(Default)]
enum Content {
    #[default]
    Empty,
    Bytes(Bytes),
    Stream(Pin<Box<Stream>>),
}

impl Body {
    /// A body of no bytes.
    pub const fn empty() -> Self {
        Self(Content::Empty)
    }

    /// A body that is read piece by piece.
    pub fn stream(
        body: impl http_body::Body<Data = Bytes, Error = TransportError> + Send + Sync + 'static,
    ) -> Self {
        Self(Content::Stream(Box::pin(body)))
    }

    /// The bytes, where they are all there already.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Content::Empty => Some(&[]),
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// The bytes, where they are all there already, or the body again.
    pub fn try_into_bytes(self) -> Result<Bytes, Self> {
        match self.0 {
            Content::Empty => Ok(Bytes::new()),
            Content::Bytes(bytes) => Ok(bytes),
            Content::Stream(_) => Err(self),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Content::Bytes(bytes.into()))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.0 {
            Content::Empty => Poll::Ready(None),
            Content::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.0 = Content::Empty;
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Content::Stream(stream) => stream.as_mut().poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Content::Empty => true,
            Content::Bytes(bytes) => bytes.is_empty(),
            Content::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Content::Empty => SizeHint::with_exact(0),
            Content::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(stream) => stream.size_hint(),
        }
    }
}

/// Shows the size, never the content.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Stream(_) => f.write_str("Body(stream)"),
            _ => write!(f, "Body({} bytes)", self.as_bytes().map_or(0, <[u8]>::len)),
        }
    }
}
