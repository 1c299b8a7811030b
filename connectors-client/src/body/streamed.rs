//! Streams and readers as bodies.

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Body, Frame};
use tokio::io::{AsyncRead, ReadBuf};

use super::unreadable;
use crate::error::TransportError;

/// Size of a read.
pub(super) const CHUNK: usize = 64 * 1024;

/// A stream whose items are the frames of a body.
pub(super) struct Streamed<S>(Pin<Box<S>>);

impl<S> Streamed<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Box::pin(stream))
    }
}

impl<S, D, E> Body for Streamed<S>
where
    S: Stream<Item = Result<D, E>>,
    D: Into<Bytes>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let item = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(
            item.map(|item| item.map(|chunk| Frame::data(chunk.into())).map_err(unreadable)),
        )
    }
}

/// A reader whose chunks are the frames of a body.
pub(super) struct Reader<R> {
    reader: Pin<Box<R>>,
    buffer: BytesMut,
}

impl<R> Reader<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader: Box::pin(reader), buffer: BytesMut::new() }
    }
}

impl<R: AsyncRead> Body for Reader<R> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = &mut *self;
        this.buffer.resize(CHUNK, 0);
        let mut chunk = ReadBuf::new(&mut this.buffer);
        let result = ready!(this.reader.as_mut().poll_read(context, &mut chunk));
        let filled = chunk.filled().len();
        Poll::Ready(match result {
            Ok(()) if filled == 0 => None,
            Ok(()) => Some(Ok(Frame::data(this.buffer.split_to(filled).freeze()))),
            Err(error) => Some(Err(unreadable(error))),
        })
    }
}
