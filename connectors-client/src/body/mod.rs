//! Bodies of requests and responses.
//!
//! ```text
//! bytes ───────────────┐
//! a file, a function ──┼─ can be sent again: each attempt gets its own body
//! a stream ────────────┴─ can be sent once: until an attempt begins to read it, the next one can take it
//! ```

mod blocking_reader;
mod chain;
mod exact_length;
mod field_serializer;
#[cfg(feature = "files")]
mod file;
#[cfg(feature = "compression")]
pub(crate) mod gzip;
mod held;
mod isolated;
pub(crate) mod multipart;
mod one_shot;
mod part_serializer;
mod progress;
mod streamed;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io::Read;
#[cfg(feature = "files")]
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};
use serde::Serialize;
use tokio::io::AsyncRead;

use crate::encode;
use crate::error::{ErrorKind, TransportError};
use crate::runtime::background::isolate;

use blocking_reader::BlockingReader;
pub(crate) use chain::Chain;
use exact_length::ExactLength;
use held::Held;
use isolated::Isolated;
use one_shot::OneShotBody;
pub use progress::Progress;
pub(crate) use progress::ProgressHook;
use progress::WithProgress;
use streamed::{Reader, Streamed};

/// The body of a request or response: bytes, a file or a stream, with its media type if that is
/// known.
///
/// It implements [`http_body::Body`], so other crates of the HTTP ecosystem can read it. As an
/// argument with `#[body]` it is sent unchanged:
///
/// ```
/// use connectors_client::{Body, Fake, FakeReply, api_client};
///
/// #[api_client]
/// trait Objects {
///     #[put("objects/<key>")]
///     async fn put(&self, key: &str, #[body] content: Body);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), connectors_client::Error> {
/// let fake = Fake::new().on(ObjectsClient::PUT, |_| FakeReply::new(204, ""));
/// let content = Body::from("a,b\n1,2\n").with_content_type("text/csv");
/// ObjectsClient::new(fake.client()).put("table", content).await?;
/// assert_eq!(fake.requests()[0].headers()["content-type"], "text/csv");
/// # Ok(())
/// # }
/// ```
///
/// A retry sends a body of bytes, of a [`file`](Self::file) and of a [function](Self::from_fn)
/// again. A stream or reader can be read once. After an attempt has begun to read it, the call is
/// not retried, and its error says so.
#[derive(Default)]
pub struct Body {
    content: Content,
    content_type: Option<Cow<'static, str>>,
}

type BoxBody = Pin<Box<dyn HttpBody<Data = Bytes, Error = TransportError> + Send + Sync>>;

#[derive(Default)]
enum Content {
    #[default]
    Empty,
    Bytes(Bytes),
    /// A stream that this body owns.
    Stream(BoxBody),
    /// A stream that is longer than the body on the wire.
    Decompressed(BoxBody),
    /// A stream that the first reader owns.
    OneShot(OneShotBody),
    Again(Arc<dyn Fn() -> Body + Send + Sync>),
    /// Stands for a value that cannot be sent, with the reason.
    Mistake(Arc<str>),
}

impl Content {
    /// Splits bytes into a stream of chunks that share their memory.
    fn in_chunks(self) -> Self {
        const CHUNK: usize = 64 * 1024;
        match self {
            Self::Bytes(mut bytes) if bytes.len() > CHUNK => {
                let mut chain = Chain::default();
                while !bytes.is_empty() {
                    chain.push(bytes.split_to(bytes.len().min(CHUNK)));
                }
                Self::Stream(Box::pin(chain))
            }
            other => other,
        }
    }
}

impl Body {
    /// Returns an empty body.
    pub const fn empty() -> Self {
        Self::new(Content::Empty)
    }

    const fn new(content: Content) -> Self {
        Self { content, content_type: None }
    }

    /// Encodes a value as JSON, with the media type `application/json`. If that fails, the call
    /// ends with a [`Build`](ErrorKind::Build) error.
    pub fn json(value: &(impl Serialize + ?Sized)) -> Self {
        let mut json = Vec::with_capacity(128);
        match encode::json(value, &mut json) {
            Ok(()) => Self::from(json).with_content_type("application/json"),
            Err(error) => Self::mistake(error.to_string()),
        }
    }

    /// Wraps an [`http_body::Body`], mostly for transports. To send the items of a `Stream`, use
    /// [`from_stream`](Self::from_stream).
    pub fn stream(
        body: impl HttpBody<Data = Bytes, Error = TransportError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Content::Stream(Box::pin(body)))
    }

    /// Wraps a body that was compressed on the wire.
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    pub(crate) fn decompressed(
        body: impl HttpBody<Data = Bytes, Error = TransportError> + Send + Sync + 'static,
    ) -> Self {
        Self::new(Content::Decompressed(Box::pin(body)))
    }

    /// Returns true if the body was compressed on the wire.
    pub(crate) fn is_decompressed(&self) -> bool {
        matches!(self.content, Content::Decompressed(_))
    }

    /// Sends the items of a stream, which can be read once.
    ///
    /// It is sent in chunks (RFC 9112 section 7.1), unless [`with_length`](Self::with_length)
    /// declares its length. An item that is an error ends the call with
    /// [`Interrupted`](ErrorKind::Interrupted).
    ///
    /// In an async call the stream must not block, because it is polled on the caller's runtime. In
    /// a blocking call it may: other calls and the call's timeouts do not wait for it.
    pub fn from_stream<S, D, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<D, E>> + Send + 'static,
        D: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::new(Content::OneShot(OneShotBody::new(Isolated(Streamed::new(stream)))))
    }

    /// Sends the data of a reader, which can be read once, like [`from_stream`](Self::from_stream).
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::new(Content::OneShot(OneShotBody::new(Isolated(Reader::new(reader)))))
    }

    /// Sends the data of a blocking reader, such as a pipe or a decompressor, which can be read
    /// once. Tokio's threads for blocking work read it, so it may block for any time. Otherwise it
    /// is like [`from_stream`](Self::from_stream).
    ///
    /// ```
    /// # use connectors_client::Body;
    /// let body = Body::from_blocking_reader(std::io::stdin());
    /// ```
    pub fn from_blocking_reader(reader: impl Read + Send + 'static) -> Self {
        Self::new(Content::OneShot(OneShotBody::new(BlockingReader::new(Box::new(reader)))))
    }

    /// Calls a function for the body of each attempt, so that the call can be retried.
    ///
    /// ```
    /// # use connectors_client::Body;
    /// # fn rows() -> impl futures_core::Stream<Item = Result<Vec<u8>, std::io::Error>> { futures_util::stream::empty() }
    /// let body = Body::from_fn(|| Body::from_stream(rows()));
    /// ```
    pub fn from_fn(body: impl Fn() -> Self + Send + Sync + 'static) -> Self {
        Self::new(Content::Again(Arc::new(body)))
    }

    /// Sends the content of a file, with its length and the media type that its name suggests
    /// (`application/octet-stream` if it suggests none).
    ///
    /// This looks the file up, which blocks for a moment. Each attempt opens it again and reads it
    /// while sending. If the lookup fails, the call ends with a [`Build`](ErrorKind::Build) error.
    /// If the file becomes shorter while it is sent, the call ends with
    /// [`Interrupted`](ErrorKind::Interrupted). If it grows, only the original length is sent.
    /// Files that report a length of 0, as in `/proc`, are sent as empty.
    #[cfg(feature = "files")]
    pub fn file(path: impl AsRef<Path>) -> Self {
        file::body(path.as_ref())
    }

    /// Declares the length in bytes. If it turns out wrong, the call ends with
    /// [`Interrupted`](ErrorKind::Interrupted). A stream of length 0 is not read.
    pub fn with_length(self, bytes: u64) -> Self {
        let Self { content, content_type } = self;
        let content = match content {
            Content::Stream(stream) | Content::Decompressed(stream) => {
                Content::Stream(Box::pin(ExactLength::new(stream, bytes)))
            }
            Content::OneShot(once) => Content::OneShot(once.sized(bytes)),
            Content::Again(body) => Content::Again(Arc::new(move || body().with_length(bytes))),
            Content::Empty => Self::bytes_of_length(Bytes::new(), bytes),
            Content::Bytes(content) => Self::bytes_of_length(content, bytes),
            Content::Mistake(mistake) => Content::Mistake(mistake),
        };
        Self { content, content_type }
    }

    fn bytes_of_length(content: Bytes, bytes: u64) -> Content {
        if content.len() as u64 == bytes {
            return Content::Bytes(content);
        }
        let mistake = format!("has {} bytes, but its length is declared as {bytes}", content.len());
        Content::Mistake(mistake.into())
    }

    /// Sets the media type, which is sent as `Content-Type`.
    pub fn with_content_type(mut self, content_type: impl Into<Cow<'static, str>>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Returns the media type, if known.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Stands for a value that cannot be sent. The call ends with a [`Build`](ErrorKind::Build)
    /// error that consists of the argument's name and this clause, for example `is larger than the
    /// API allows`.
    pub fn mistake(mistake: impl Into<Arc<str>>) -> Self {
        Self::new(Content::Mistake(mistake.into()))
    }

    /// Returns the bytes, if the body consists of bytes in memory.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Empty => Some(&[]),
            Content::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns the bytes, if the body consists of bytes in memory, or else the body itself.
    pub fn try_into_bytes(self) -> Result<Bytes, Self> {
        match self.content {
            Content::Empty => Ok(Bytes::new()),
            Content::Bytes(bytes) => Ok(bytes),
            _ => Err(self),
        }
    }

    /// Reports progress to `hook`. Bytes are then sent in chunks, so that there is some progress to
    /// report.
    pub(crate) fn with_progress(self, hook: Option<&ProgressHook>, total: Option<u64>) -> Self {
        let Some(hook) = hook else { return self };
        let (content_type, total) = (self.content_type.clone(), total.or(self.size_hint().exact()));
        let body = Self { content: self.content.in_chunks(), content_type: None };
        let content = Content::Stream(Box::pin(WithProgress::new(body, hook.clone(), total)));
        Self { content, content_type }
    }

    /// Holds a value until the body ends or is dropped.
    pub(crate) fn holding(self, held: impl Send + Sync + Unpin + 'static) -> Self {
        let Self { content, content_type } = self;
        let body = Self { content, content_type: None };
        Self { content: Content::Stream(Box::pin(Held::new(body, held))), content_type }
    }

    /// Reads the whole body.
    pub(crate) async fn read(mut self) -> Result<Bytes, TransportError> {
        let mut all = BytesMut::new();
        while let Some(frame) = poll_fn(|context| Pin::new(&mut self).poll_frame(context)).await {
            if let Ok(chunk) = frame?.into_data() {
                all.extend_from_slice(&chunk);
            }
        }
        Ok(all.freeze())
    }

    /// Returns a second body with this content, or `None` if it wraps an
    /// [`http_body::Body`](Self::stream).
    ///
    /// Clones of a body [from a stream](Self::from_stream) or reader share it. The first one that
    /// is read owns it. Reading the others fails.
    pub fn try_clone(&self) -> Option<Self> {
        let content = match &self.content {
            Content::Empty => Content::Empty,
            Content::Bytes(bytes) => Content::Bytes(bytes.clone()),
            Content::Stream(_) | Content::Decompressed(_) => return None,
            Content::OneShot(once) => Content::OneShot(once.clone()),
            Content::Again(body) => Content::Again(Arc::clone(body)),
            Content::Mistake(mistake) => Content::Mistake(Arc::clone(mistake)),
        };
        Some(Self { content, content_type: self.content_type.clone() })
    }

    /// Converts the body so that a later attempt can take it.
    pub(crate) fn into_replayable(self) -> Self {
        match self.content {
            Content::Stream(stream) | Content::Decompressed(stream) => {
                // An exact size hint is sent as the length, so it is enforced.
                let once = match stream.size_hint().exact() {
                    Some(length) => OneShotBody::new(ExactLength::new(Isolated(stream), length)),
                    None => OneShotBody::new(Isolated(stream)),
                };
                Self { content: Content::OneShot(once), content_type: self.content_type }
            }
            _ => self,
        }
    }

    /// Returns the body for an attempt. The body must be [replayable](Self::into_replayable). The
    /// error is a clause that follows the argument's name.
    pub(crate) fn for_attempt(&self) -> Result<Self, Arc<str>> {
        match &self.content {
            Content::Again(body) => {
                let mut body = isolate(|| body()).into_replayable().for_attempt()?;
                body.content_type = self.content_type.clone().or(body.content_type);
                Ok(body)
            }
            Content::Mistake(mistake) => Err(Arc::clone(mistake)),
            Content::OneShot(once) if once.is_spent() => {
                Err("is a stream that was already sent".into())
            }
            _ => Ok(self.try_clone().unwrap_or_default()),
        }
    }

    /// Returns the reason if this stands for a value that cannot be sent.
    pub(crate) fn error(&self) -> Option<&str> {
        match &self.content {
            Content::Mistake(mistake) => Some(mistake),
            _ => None,
        }
    }

    /// Returns true if the body is a stream that an attempt has begun to read.
    pub(crate) fn is_spent(&self) -> bool {
        matches!(&self.content, Content::OneShot(once) if once.is_spent())
    }

    /// Replaces a function by the body that it returns.
    fn materialize(&mut self) -> &mut Content {
        while let Content::Again(body) = &self.content {
            self.content = isolate(|| body()).content;
        }
        &mut self.content
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self::new(Content::Bytes(bytes.into()))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match self.materialize() {
            Content::Empty | Content::Again(_) => Poll::Ready(None),
            Content::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.content = Content::Empty;
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Content::Stream(stream) | Content::Decompressed(stream) => {
                stream.as_mut().poll_frame(context)
            }
            Content::OneShot(once) => once.poll_frame(context),
            Content::Mistake(mistake) => {
                let error = TransportError::new(ErrorKind::Build, format!("the body {mistake}"));
                self.content = Content::Empty;
                Poll::Ready(Some(Err(error)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Empty => true,
            Content::Bytes(bytes) => bytes.is_empty(),
            Content::Stream(stream) | Content::Decompressed(stream) => stream.is_end_stream(),
            Content::OneShot(once) => once.is_end_stream(),
            Content::Again(_) | Content::Mistake(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Empty | Content::Mistake(_) => SizeHint::with_exact(0),
            Content::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(stream) | Content::Decompressed(stream) => stream.size_hint(),
            Content::OneShot(once) => once.size_hint(),
            Content::Again(_) => SizeHint::default(),
        }
    }
}

/// Shows the size and media type, but not the content.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Body");
        if let Some(bytes) = self.size_hint().exact() {
            debug.field("bytes", &bytes);
        }
        if let Some(content_type) = &self.content_type {
            debug.field("content_type", content_type);
        }
        debug.finish_non_exhaustive()
    }
}

/// Returns the error for a request body that could not be read.
fn unreadable(source: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    TransportError::new(ErrorKind::Interrupted, source).of_the_request()
}
