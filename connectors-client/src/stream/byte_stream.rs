//! A body that is read while it arrives, as a return type.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::blocking::BlockingItems;
use super::next::Next;
use crate::error::Error;
use crate::response::from_response::BodyMode;
use crate::response::reply_stream::ReplyStream;
use crate::response::{FromResponse, Response};

/// A body that is read chunk by chunk while it arrives: for downloads too large to hold in memory.
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
///     let (mut chunks, mut size) = (files.download("a").await?, 0);
///     while let Some(chunk) = chunks.next().await {
///         size += chunk?.len();
///     }
///     Ok(size)
/// }
/// # drop(size);
/// ```
///
/// Neither its size nor its total time is limited.
/// [`idle_timeout`](crate::ClientBuilder::idle_timeout) limits the time without data. A broken
/// connection is an [`Interrupted`](crate::ErrorKind::Interrupted) error, which is the last item.
/// Dropping the stream closes the connection.
///
/// The bytes are not searched for a failure: `failed` does not apply to them.
///
/// In blocking use, iterate with `for chunk in stream`.
pub struct ByteStream(Source);

enum Source {
    Live(Box<ReplyStream>),
    Fixed(VecDeque<Result<Bytes, Error>>),
}

impl ByteStream {
    /// Creates a stream of these chunks, for tests.
    pub fn from_items(items: impl IntoIterator<Item = Result<Bytes, Error>>) -> Self {
        Self(Source::Fixed(items.into_iter().collect()))
    }

    /// Returns the next chunk, or `None` at the end.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is a stream; its iterator waits on the thread"
    )]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::new(self)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Source::Live(reply) => {
                let chunk = ready!(reply.poll_chunk(context));
                match &chunk {
                    Some(Ok(_)) => {}
                    Some(Err(error)) => reply.ended(Some(error.kind())),
                    None => reply.ended(None),
                }
                Poll::Ready(chunk)
            }
            Source::Fixed(items) => Poll::Ready(items.pop_front()),
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
    const IS_OPAQUE: bool = true;

    fn accept() -> &'static str {
        "*/*"
    }

    fn body_mode(_: StatusCode, _: &HeaderMap) -> BodyMode {
        BodyMode::Streaming
    }

    fn from_response(mut response: Response) -> Result<Self, Error> {
        Ok(Self(match response.take_stream() {
            Some(reply) => Source::Live(Box::new(reply)),
            None => Source::Fixed([Ok(response.body().clone())].into()),
        }))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream(..)")
    }
}
