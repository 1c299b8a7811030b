//! The bytes of a body, while they arrive, as a return type.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::blocking::BlockingItems;
use super::next::Next;
use crate::error::Error;
use crate::response::from_response::BodyMode;
use crate::response::reply_stream::ReplyStream;
use crate::response::{FromResponse, Response};

/// A body as it arrives, in pieces of any size: for downloads that are too large to be held.
///
/// ```
/// use connectors_client::{ByteStream, Error, api_client};
///
/// #[api_client]
/// pub trait Files {
///     #[get("files/<id>")]
///     async fn download(&self, id: &str) -> ByteStream;
/// }
///
/// async fn size(files: FilesClient) -> Result<usize, Error> {
///     let (mut pieces, mut size) = (files.download("a").await?, 0);
///     while let Some(piece) = pieces.next().await {
///         size += piece?.len();
///     }
///     Ok(size)
/// }
/// # drop(size);
/// ```
///
/// It has no limit of size and none of its whole time; [`idle_timeout`](crate::ClientBuilder::idle_timeout) limits the time
/// in which nothing comes. A connection that breaks is an [`Interrupted`](crate::ErrorKind::Interrupted) error, behind
/// which there is nothing. Dropping the stream closes the connection. In blocking use it is an iterator.
pub struct ByteStream(Source);

enum Source {
    Live(Box<ReplyStream>),
    Items(VecDeque<Result<Bytes, Error>>),
}

impl ByteStream {
    /// A stream of these pieces, for tests.
    pub fn from_items(items: impl IntoIterator<Item = Result<Bytes, Error>>) -> Self {
        Self(Source::Items(items.into_iter().collect()))
    }
}

impl ByteStream {
    /// The next piece, or `None` at the end.
    #[expect(clippy::should_implement_trait, reason = "it is a stream; its iterator waits on the thread")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::of(self)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Source::Live(reply) => reply.poll_chunk(context),
            Source::Items(items) => Poll::Ready(items.pop_front()),
        }
    }
}

impl IntoIterator for ByteStream {
    type Item = Result<Bytes, Error>;
    type IntoIter = BlockingItems<Self>;

    fn into_iter(self) -> BlockingItems<Self> {
        BlockingItems::new(self)
    }
}

impl FromResponse for ByteStream {
    const NEEDS_BODY: bool = true;

    fn accept() -> &'static str {
        "*/*"
    }

    fn body_mode(_: StatusCode, _: &HeaderMap) -> BodyMode {
        BodyMode::Streaming
    }

    fn from_response(mut response: Response) -> Result<Self, Error> {
        Ok(Self(match response.take_stream() {
            Some(reply) => Source::Live(Box::new(reply)),
            None => Source::Items([Ok(response.body().clone())].into()),
        }))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream(..)")
    }
}
