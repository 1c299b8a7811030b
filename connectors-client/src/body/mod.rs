//! Bodies of requests and replies, as they pass through a transport.
//!
//! ```text
//! bytes ───────────────┐
//! a file, a function ──┼─ can be sent again: each attempt gets one of its own
//! a stream ────────────┴─ can be sent once: an attempt that did not begin to read it leaves it to the next
//! ```

mod chain;
mod exact_length;
mod file;
mod one_shot;
mod progress;
mod streamed;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
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

pub(crate) use chain::Chain;
use exact_length::ExactLength;
use one_shot::OneShotBody;
pub use progress::Progress;
pub(crate) use progress::ProgressHook;
use progress::WithProgress;
use streamed::{Reader, Streamed};

/// The body of a request or reply: bytes, a file, or a stream, and the media type of it where that is known.
///
/// It is an [`http_body::Body`], so that anything else of the HTTP ecosystem can read it. As an argument with `#[body]`
/// it is sent as it is:
///
/// ```
/// use connectors_client::{Body, Fake, api_client};
///
/// #[api_client]
/// trait Objects {
///     #[put("objects/<key>")]
///     async fn put(&self, key: &str, #[body] content: Body);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), connectors_client::Error> {
/// let fake = Fake::new().on(ObjectsClient::PUT, |_| Fake::reply(204, ""));
/// let content = Body::from("a,b\n1,2\n").with_content_type("text/csv");
/// ObjectsClient::new(fake.client()).put("table", content).await?;
/// assert_eq!(fake.requests()[0].headers()["content-type"], "text/csv");
/// # Ok(())
/// # }
/// ```
///
/// A body of bytes, of a [`file`](Self::file) and of a [function](Self::from_fn) is sent again where a call is
/// repeated. One of a stream or reader can be read once: when an attempt has begun to, there is no further one, and the
/// call's error says so.
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
    /// A stream that is read right here.
    Stream(BoxBody),
    /// A stream that waits for an attempt.
    OneShot(OneShotBody),
    Again(Arc<dyn Fn() -> Body + Send + Sync>),
    /// What could not become a body, and why.
    Mistake(Arc<str>),
}

impl Content {
    /// Bytes as a stream of smaller ones, which share their memory.
    fn in_pieces(self) -> Self {
        const PIECE: usize = 64 * 1024;
        match self {
            Self::Bytes(mut bytes) if bytes.len() > PIECE => {
                let mut chain = Chain::default();
                while !bytes.is_empty() {
                    chain.push(bytes.split_to(bytes.len().min(PIECE)));
                }
                Self::Stream(Box::pin(chain))
            }
            other => other,
        }
    }
}

impl Body {
    /// A body of no bytes.
    pub const fn empty() -> Self {
        Self::of(Content::Empty)
    }

    const fn of(content: Content) -> Self {
        Self { content, content_type: None }
    }

    /// A value as JSON, of the type `application/json`. A value that has no JSON form is the call's
    /// [`Build`](ErrorKind::Build) error.
    pub fn json(value: &(impl Serialize + ?Sized)) -> Self {
        let mut json = Vec::with_capacity(128);
        match encode::json(value, &mut json) {
            Ok(()) => Self::from(json).with_content_type("application/json"),
            Err(error) => Self::mistake(error.to_string()),
        }
    }

    /// A body of the HTTP ecosystem that is read piece by piece, mostly for transports; the pieces of a `Stream` are sent by
    /// [`from_stream`](Self::from_stream).
    pub fn stream(body: impl HttpBody<Data = Bytes, Error = TransportError> + Send + Sync + 'static) -> Self {
        Self::of(Content::Stream(Box::pin(body)))
    }

    /// The pieces of a stream, which can be read once. Its length is not known, so that it is sent in chunks (RFC 9112
    /// section 7.1) unless [`with_length`](Self::with_length) says how long it is. An item that is an error ends the call
    /// with it, as [`Interrupted`](ErrorKind::Interrupted).
    pub fn from_stream<S, D, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<D, E>> + Send + 'static,
        D: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::of(Content::OneShot(OneShotBody::new(Streamed::new(stream))))
    }

    /// What a reader gives, which can be read once; as [`from_stream`](Self::from_stream) otherwise.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::of(Content::OneShot(OneShotBody::new(Reader::new(reader))))
    }

    /// A body that is made anew for each attempt, so that the call can be repeated.
    ///
    /// ```
    /// # use connectors_client::Body;
    /// # fn rows() -> impl futures_core::Stream<Item = Result<Vec<u8>, std::io::Error>> { futures_util::stream::empty() }
    /// let body = Body::from_fn(|| Body::from_stream(rows()));
    /// ```
    pub fn from_fn(body: impl Fn() -> Self + Send + Sync + 'static) -> Self {
        Self::of(Content::Again(Arc::new(body)))
    }

    /// The content of a file, read while it is sent, with its length and the type that its name suggests
    /// (`application/octet-stream` where it suggests none).
    ///
    /// The file is looked up here, which blocks for a moment, and opened again by each attempt. One that cannot be read
    /// is the call's [`Build`](ErrorKind::Build) error (some that a system makes up, as in `/proc`, say that they are
    /// empty, and are sent so); one that becomes shorter while it is sent ends the call with
    /// [`Interrupted`](ErrorKind::Interrupted), and of one that grows as much is sent as there was.
    pub fn file(path: impl AsRef<Path>) -> Self {
        file::body(path.as_ref())
    }

    /// The same with a length, in bytes. One that turns out wrong ends the call with
    /// [`Interrupted`](ErrorKind::Interrupted); of a stream whose length is 0 nothing is read.
    pub fn with_length(self, bytes: u64) -> Self {
        let Self { content, content_type } = self;
        let content = match content {
            Content::Stream(stream) => Content::Stream(Box::pin(ExactLength::new(stream, bytes))),
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
        let mistake = format!("has {} bytes and not {bytes}, as its length says", content.len());
        Content::Mistake(mistake.into())
    }

    /// The same with a media type, which is sent as `Content-Type`.
    pub fn with_content_type(mut self, content_type: impl Into<Cow<'static, str>>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The media type, where one is known.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Stands for a value that cannot be sent: the call ends with a [`Build`](ErrorKind::Build) error that says the
    /// argument's name and this clause, for example `is larger than the API takes`.
    pub fn mistake(mistake: impl Into<Arc<str>>) -> Self {
        Self::of(Content::Mistake(mistake.into()))
    }

    /// The bytes, where they are all there already.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Empty => Some(&[]),
            Content::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The bytes, where they are all there already, or the body again.
    pub fn try_into_bytes(self) -> Result<Bytes, Self> {
        match self.content {
            Content::Empty => Ok(Bytes::new()),
            Content::Bytes(bytes) => Ok(bytes),
            _ => Err(self),
        }
    }

    /// The same, of whose progress somebody is told; a body of bytes is then sent in pieces, so that there is some.
    pub(crate) fn with_progress(self, watcher: Option<&ProgressHook>, total: Option<u64>) -> Self {
        let Some(watcher) = watcher else { return self };
        let (content_type, total) = (self.content_type.clone(), total.or(self.size_hint().exact()));
        let body = Self { content: self.content.in_pieces(), content_type: None };
        let content = Content::Stream(Box::pin(WithProgress::new(body, watcher.clone(), total)));
        Self { content, content_type }
    }

    /// All of the bytes, when they are there.
    pub(crate) async fn read(mut self) -> Result<Bytes, TransportError> {
        let mut all = BytesMut::new();
        while let Some(frame) = poll_fn(|context| Pin::new(&mut self).poll_frame(context)).await {
            if let Ok(piece) = frame?.into_data() {
                all.extend_from_slice(&piece);
            }
        }
        Ok(all.freeze())
    }

    /// A second body of the same content, or `None` where it is a stream that is read here.
    ///
    /// Of a body [from a stream](Self::from_stream) or reader all clones are one: whichever is read first has it, and the
    /// others end with an error.
    pub fn try_clone(&self) -> Option<Self> {
        let content = match &self.content {
            Content::Empty => Content::Empty,
            Content::Bytes(bytes) => Content::Bytes(bytes.clone()),
            Content::Stream(_) => return None,
            Content::OneShot(once) => Content::OneShot(once.clone()),
            Content::Again(body) => Content::Again(Arc::clone(body)),
            Content::Mistake(mistake) => Content::Mistake(Arc::clone(mistake)),
        };
        Some(Self { content, content_type: self.content_type.clone() })
    }

    /// The same in a form that can wait for an attempt.
    pub(crate) fn kept(self) -> Self {
        match self.content {
            Content::Stream(stream) => {
                // A length that is hinted is sent, and so has to be held to.
                let once = match stream.size_hint().exact() {
                    Some(length) => OneShotBody::new(ExactLength::new(stream, length)),
                    None => OneShotBody::new(stream),
                };
                Self { content: Content::OneShot(once), content_type: self.content_type }
            }
            _ => self,
        }
    }

    /// The body of an attempt, of a body that is [kept](Self::kept); a mistake says why there is none.
    pub(crate) fn of_attempt(&self) -> Result<Self, Arc<str>> {
        match &self.content {
            Content::Again(body) => {
                let mut body = body().kept().of_attempt()?;
                body.content_type = self.content_type.clone().or(body.content_type);
                Ok(body)
            }
            Content::Mistake(mistake) => Err(Arc::clone(mistake)),
            Content::OneShot(once) if once.is_spent() => Err("is a stream, and was sent already".into()),
            _ => Ok(self.try_clone().unwrap_or_default()),
        }
    }

    /// Why there is no body, where there is a mistake in place of it.
    pub(crate) fn why_not(&self) -> Option<&str> {
        match &self.content {
            Content::Mistake(mistake) => Some(mistake),
            _ => None,
        }
    }

    /// Whether it was a stream, and an attempt has begun to read it.
    pub(crate) fn is_spent(&self) -> bool {
        matches!(&self.content, Content::OneShot(once) if once.is_spent())
    }

    /// Puts the body of its function in place of a body that is made anew.
    fn made(&mut self) -> &mut Content {
        while let Content::Again(body) = &self.content {
            self.content = body().content;
        }
        &mut self.content
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self::of(Content::Bytes(bytes.into()))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match self.made() {
            Content::Empty | Content::Again(_) => Poll::Ready(None),
            Content::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.content = Content::Empty;
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Content::Stream(stream) => stream.as_mut().poll_frame(context),
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
            Content::Stream(stream) => stream.is_end_stream(),
            Content::OneShot(once) => once.is_end_stream(),
            Content::Again(_) | Content::Mistake(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Empty | Content::Mistake(_) => SizeHint::with_exact(0),
            Content::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(stream) => stream.size_hint(),
            Content::OneShot(once) => once.size_hint(),
            Content::Again(_) => SizeHint::default(),
        }
    }
}

/// Shows the size and media type, never the content.
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

/// The error of a request's body that could not be read.
fn unreadable(source: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    TransportError::new(ErrorKind::Interrupted, source).of_the_request()
}
