//! Lines of JSON (NDJSON): one value per line, as a return type and as a body.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::blocking::BlockingItems;
use super::framed_stream::FramedStream;
use super::framing::lines::{Line, Lines};
use super::framing::{Framing, Remainder, TooLarge};
use super::next::Next;
use crate::body::Body;
use crate::encode::media_type::MediaType;
use crate::encode::{self, EncodeError};
use crate::error::Error;
use crate::request::into_body::{IntoBody, IntoBodyOf};
use crate::response::decode::{self, probe};
use crate::response::from_response::{BodyMode, HasItems};
use crate::response::{FromResponse, Response};

/// Lines of JSON (NDJSON, `application/x-ndjson`): the items of a response stream or of a request
/// body.
///
/// # As a return type
///
/// ```
/// use connectors_client::{Error, Fake, FakeReply, JsonLines, api_client};
///
/// #[derive(serde::Deserialize)]
/// pub struct Answer {
///     pub response: String,
/// }
///
/// #[api_client]
/// pub trait Generate {
///     #[post("generate", done(done_reason = "stop"))]
///     async fn generate(&self, prompt: &str) -> JsonLines<Answer>;
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let fake = Fake::new().on(GenerateClient::GENERATE, |_| {
///     FakeReply::new(200, "{\"response\": \"a\"}\n{\"response\": \"b\", \"done_reason\": \"stop\"}\n")
/// });
/// let mut answers = GenerateClient::new(fake.client()).generate("?").await?;
/// while let Some(answer) = answers.next().await {
///     print!("{}", answer?.response);
/// }
/// # Ok(())
/// # }
/// ```
///
/// Only LF and CRLF end a line, and blank lines are skipped. A line that does not decode into `T`
/// is a [`Decode`](crate::ErrorKind::Decode) error with its number and text. It ends the stream
/// unless the endpoint has `on_invalid_item = skip`. A response of HTML or of server-sent events is
/// an error, and so is a JSON array (a body that begins with `[`, whose media type is not one of
/// JSON lines), unless `T` is a list itself. No struct is read from an array, field by field.
///
/// In all else the stream behaves like an [`EventStream`](crate::EventStream): the endpoint's
/// `done` ends it, `idle_timeout` and `max_item` limit it, it returns `None` after an error, and
/// in blocking use it iterates.
///
/// # As a body
///
/// Each item becomes one line of JSON. The media type is `application/x-ndjson`.
///
/// The items of a list or an iterator are encoded at once; those of a stream while they are sent:
///
/// ```
/// use connectors_client::{Fake, FakeReply, JsonLines, api_client};
///
/// #[api_client]
/// trait Index {
///     #[post("documents")]
///     async fn add(&self, #[body] documents: JsonLines<&str>);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), connectors_client::Error> {
/// let fake = Fake::new().on(IndexClient::ADD, |_| FakeReply::new(204, ""));
/// IndexClient::new(fake.client()).add(["a", "b"].into_iter().collect()).await?;
/// assert_eq!(fake.requests()[0].body(), "\"a\"\n\"b\"\n");
/// # Ok(())
/// # }
/// ```
///
/// A stream can be sent once, so a call that has begun to send it is not retried. An item that
/// cannot be written as JSON is the call's [`Build`](crate::ErrorKind::Build) error. In a stream
/// the call ends when it reaches that item.
pub struct JsonLines<T>(Items<T>);

enum Items<T> {
    List(vec::IntoIter<T>),
    /// The items of a stream, already turned into a body.
    Encoded(Body),
    Fixed(vec::IntoIter<Result<T, Error>>),
    Live(Box<FramedStream<Lines>>),
}

impl<T: Serialize + 'static> JsonLines<T> {
    /// Creates a body of the items of a stream.
    pub fn from_stream(items: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Items::Encoded(Body::from_stream(Encoder(Box::pin(items)))))
    }
}

impl<T> JsonLines<T> {
    /// Creates a stream of these items, for tests.
    pub fn from_items(items: impl IntoIterator<Item = Result<T, Error>>) -> Self {
        Self(Items::Fixed(items.into_iter().collect::<Vec<_>>().into_iter()))
    }
}

impl<T> FromIterator<T> for JsonLines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        items.into_iter().collect::<Vec<_>>().into()
    }
}

impl<T> From<Vec<T>> for JsonLines<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Items::List(items.into_iter()))
    }
}

impl<T: Serialize> IntoBody for JsonLines<T> {
    fn into_body(self) -> Body {
        let body = match self.0 {
            Items::List(items) => match lines(items.as_slice()) {
                Ok(lines) => Body::from(lines),
                Err(error) => return Body::mistake(format!("has an item that {error}")),
            },
            Items::Encoded(body) => body,
            Items::Fixed(_) | Items::Live(_) => {
                return Body::mistake("is the stream of a response, which cannot be sent");
            }
        };
        body.with_content_type("application/x-ndjson")
    }
}

fn lines<T: Serialize>(items: &[T]) -> Result<Vec<u8>, EncodeError> {
    let mut lines = Vec::new();
    for item in items {
        let start = lines.len();
        encode::json(item, &mut lines)?;
        // A `RawValue` may have line ends between its tokens; within strings they are escaped.
        for byte in &mut lines[start..] {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Encodes each item as a line.
struct Encoder<S>(Pin<Box<S>>);

impl<S: Stream<Item: Serialize>> Stream for Encoder<S> {
    type Item = Result<Vec<u8>, EncodeError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = self.0.as_mut().poll_next(context);
        item.map(|item| item.map(|item| lines(&[item])))
    }
}

// The items are never pinned.
impl<T> Unpin for JsonLines<T> {}

impl<T: DeserializeOwned> JsonLines<T> {
    /// Returns the next item, or `None` at the end.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is a stream; its iterator waits on the thread"
    )]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::new(self)
    }
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Items::List(items) => Poll::Ready(items.next().map(Ok)),
            Items::Fixed(items) => Poll::Ready(items.next()),
            Items::Encoded(_) => Poll::Ready(None),
            Items::Live(stream) => {
                let item = ready!(stream.poll_item(context));
                Poll::Ready(item.map(|line| {
                    let line = line?;
                    if line.is_first && stream.is_json_array::<T>(&line) {
                        return Err(stream.unexpected(JSON_ARRAY, line.text));
                    }
                    let value = decode::item(&line.text);
                    value.map_err(|error| stream.invalid_line(line, &error))
                }))
            }
        }
    }
}

const JSON_ARRAY: &str =
    "the response is a JSON array, not lines of JSON: a `Vec` as return type reads it";

impl FramedStream<Lines> {
    /// Returns true if the response begins with an array and is not declared as lines of JSON. A `T`
    /// that is itself a list reads such an array as an item.
    fn is_json_array<T: DeserializeOwned>(&self, line: &Line) -> bool {
        let media_type = MediaType::of(&self.head().headers);
        line.text.trim_ascii_start().starts_with(b"[")
            && !media_type.is_some_and(MediaType::is_json_lines)
            && !probe::reads_list::<T>()
    }

    /// Returns the error of a line that cannot be decoded. If the stream was cut off within the
    /// line, its content is not at fault.
    fn invalid_line(&mut self, line: Line, error: &serde_json::Error) -> Error {
        if !line.is_ended && error.is_eof() {
            return self.partial_item(line.text);
        }
        self.invalid_item(&format!("line {}", line.number), line.text, error)
    }
}

impl<T: DeserializeOwned> IntoIterator for JsonLines<T> {
    type Item = Result<T, Error>;
    type IntoIter = BlockingItems<Self>;

    fn into_iter(self) -> BlockingItems<Self> {
        BlockingItems::new(self)
    }
}

impl<T: DeserializeOwned> FromResponse for JsonLines<T> {
    const NEEDS_BODY: bool = true;

    fn accept() -> &'static str {
        "application/x-ndjson, application/jsonl, application/json;q=0.9, */*;q=0.5"
    }

    fn body_mode(status: StatusCode, headers: &HeaderMap) -> BodyMode {
        // JSON text sequences (RFC 7464) have other delimiters.
        let others = ["text/html", "text/event-stream", "application/json-seq"];
        match MediaType::of(headers) {
            _ if status == StatusCode::NO_CONTENT => BodyMode::Buffered,
            Some(own) if others.into_iter().any(|other| own.is(other)) => {
                BodyMode::Unexpected("JSON lines")
            }
            _ => BodyMode::Streaming,
        }
    }

    fn from_response(mut response: Response) -> Result<Self, Error> {
        let Some(reply) = response.take_stream() else { return Ok(Self::from_items([])) };
        let framing = Lines::new(reply.head().max_item);
        Ok(Self(Items::Live(Box::new(FramedStream::new(reply, framing)))))
    }
}

impl Framing for Lines {
    type Item = Line;

    fn push(&mut self, chunk: Bytes) {
        self.push(chunk);
    }

    fn next(&mut self) -> Result<Option<Line>, TooLarge> {
        self.next()
    }

    fn finish(&mut self) -> Result<Remainder<Line>, TooLarge> {
        Ok(self.finish()?.map_or(Remainder::None, Remainder::Item))
    }

    fn text(line: &Line) -> &[u8] {
        &line.text
    }
}

/// Shows the number of items if it is known.
impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Items::List(items) => write!(f, "JsonLines({} items)", items.len()),
            _ => f.write_str("JsonLines(..)"),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoBodyOf<false> for JsonLines<T> {
    fn into_body_of(self) -> Body {
        self.into_body()
    }
}

impl<T> HasItems for JsonLines<T> {}
