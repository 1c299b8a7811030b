//! Lines of JSON (NDJSON): a value per line, as a return type and as a body.

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
use super::framing::json_sequence::{JsonSequence, Record};
use super::framing::lines::{Line, Lines};
use super::framing::{End, Framing, TooLarge};
use super::live::Live;
use super::next::Next;
use crate::error::Error;
use crate::response::from_response::{HasItems, Reading};
use crate::response::{FromResponse, Response};

use crate::body::Body;
use crate::encode::media_type::MediaType;
use crate::request::into_body::{IntoBody, IntoBodyOf};

/// Lines of JSON (NDJSON, `application/x-ndjson`): a stream of the items of a reply, or the items of a body.
///
/// # As a return type
///
/// ```
/// use connectors_client::{Error, Fake, JsonLines, api_client};
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
///     Fake::reply(200, "{\"response\": \"a\"}\n{\"response\": \"b\", \"done_reason\": \"stop\"}\n")
/// });
/// let mut answers = GenerateClient::new(fake.client()).generate("?").await?;
/// while let Some(answer) = answers.next().await {
///     print!("{}", answer?.response);
/// }
/// # Ok(())
/// # }
/// ```
///
/// Only LF and CRLF end a line, and blank lines are skipped. A line that is not what `T` says is a
/// [`Decode`](crate::ErrorKind::Decode) error with its number and text, which ends the stream unless the endpoint has
/// `on_bad_line = skip`. Otherwise a stream is as [`EventStream`](crate::EventStream) says: fused, ended by the endpoint's
/// `done`, limited by `idle_timeout` and `max_event`, and an iterator in blocking use. JSON text sequences
/// (`application/json-seq`, RFC 7464) are read too; a reply of HTML or of server-sent events is an error.
///
/// # As a body
///
/// Each item is one line of JSON, of the type `application/x-ndjson`.
///
/// It is made of a list or any iterator, whose items are encoded at once, or of a stream, whose items are encoded as they
/// are sent:
///
/// ```
/// use connectors_client::{Fake, JsonLines, api_client};
///
/// #[api_client]
/// trait Index {
///     #[post("documents")]
///     async fn add(&self, #[body] documents: JsonLines<&str>);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), connectors_client::Error> {
/// let fake = Fake::new().on(IndexClient::ADD, |_| Fake::reply(204, ""));
/// IndexClient::new(fake.client()).add(["a", "b"].into_iter().collect()).await?;
/// assert_eq!(fake.requests()[0].body(), "\"a\"\n\"b\"\n");
/// # Ok(())
/// # }
/// ```
///
/// One of a stream can be sent once: a call that has begun to send it is not repeated. An item without a JSON form is the
/// call's [`Build`](crate::ErrorKind::Build) error; in a stream it ends the call where it comes up.
pub struct JsonLines<T>(Items<T>);

enum Items<T> {
    List(vec::IntoIter<T>),
    /// Those of a stream, as the body that they become.
    Encoded(Body),
    Results(vec::IntoIter<Result<T, Error>>),
    Live(Box<Live<AnyFraming>>),
}

impl<T: Serialize + 'static> JsonLines<T> {
    /// A body of the items of a stream.
    pub fn from_stream(items: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Items::Encoded(Body::from_stream(Encoder(Box::pin(items)))))
    }
}

impl<T> JsonLines<T> {
    /// A stream of these items, for tests.
    pub fn from_items(items: impl IntoIterator<Item = Result<T, Error>>) -> Self {
        Self(Items::Results(items.into_iter().collect::<Vec<_>>().into_iter()))
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
                Err(error) => return Body::mistake(format!("has an item that is no JSON: {error}")),
            },
            Items::Encoded(body) => body,
            Items::Results(_) | Items::Live(_) => return Body::mistake("is a reply, which is no body"),
        };
        body.with_content_type("application/x-ndjson")
    }
}

fn lines<T: Serialize>(items: &[T]) -> serde_json::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for item in items {
        let start = lines.len();
        serde_json::to_writer(&mut lines, item)?;
        // The buffer has only grown since. JSON that was there before may have line ends between its tokens; within strings they are escaped.
        for byte in &mut lines[start..] {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Each item as a line.
struct Encoder<S>(Pin<Box<S>>);

impl<S: Stream<Item: Serialize>> Stream for Encoder<S> {
    type Item = serde_json::Result<Vec<u8>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = self.0.as_mut().poll_next(context);
        item.map(|item| item.map(|item| lines(&[item])))
    }
}

// A stream moves its items out whole.
impl<T> Unpin for JsonLines<T> {}

impl<T: DeserializeOwned> JsonLines<T> {
    /// The next item, or `None` at the end.
    #[expect(clippy::should_implement_trait, reason = "it is a stream; its iterator waits on the thread")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::of(self)
    }
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Items::List(items) => Poll::Ready(items.next().map(Ok)),
            Items::Results(items) => Poll::Ready(items.next()),
            Items::Encoded(_) => Poll::Ready(None),
            Items::Live(live) => {
                let item = ready!(live.poll_item(context));
                Poll::Ready(item.map(|piece| {
                    let piece = piece?;
                    if piece.is_part {
                        return Err(live.cut_item(piece.text));
                    }
                    let value = serde_json::from_slice(&piece.text);
                    value.map_err(|error| live.bad_piece(piece, &error))
                }))
            }
        }
    }
}

impl Live<AnyFraming> {
    /// The error of a line or record that cannot be read; one that was cut off is no mistake of what it says.
    fn bad_piece(&mut self, piece: Piece, error: &serde_json::Error) -> Error {
        if !piece.is_whole && error.is_eof() {
            return self.cut_item(piece.text);
        }
        self.bad_item(&format!("{} {}", piece.what, piece.number), piece.text, error)
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
    fn accept() -> &'static str {
        "application/x-ndjson, application/jsonl, application/json-seq, application/json;q=0.9, */*;q=0.5"
    }

    fn reading(status: StatusCode, headers: &HeaderMap) -> Reading {
        match MediaType::of(headers) {
            _ if status == StatusCode::NO_CONTENT => Reading::Whole,
            Some(other) if other.is("text/html") || other.is("text/event-stream") => {
                Reading::Wrong("JSON lines")
            }
            _ => Reading::Stream,
        }
    }

    fn from_response(mut response: Response) -> Result<Self, Error> {
        let Some(reply) = response.take_stream() else { return Ok(Self::from_items([])) };
        let (head, limit) = (reply.head(), reply.head().max_event);
        let framing = match MediaType::of(&head.headers) {
            Some(media_type) if media_type.is("application/json-seq") => {
                AnyFraming::Sequence(JsonSequence::new(limit), 0)
            }
            _ => AnyFraming::Lines(Lines::new(limit)),
        };
        Ok(Self(Items::Live(Box::new(Live::new(reply, framing)))))
    }
}

/// Either way to write one JSON text behind another.
enum AnyFraming {
    Lines(Lines),
    /// With the number of records so far.
    Sequence(JsonSequence, u64),
}

/// A line or record.
struct Piece {
    what: &'static str,
    number: u64,
    text: Bytes,
    /// Whether its end was there.
    is_whole: bool,
    /// Whether it cannot be trusted even where it is JSON: a record without its end (RFC 7464 section 2.4). The LF of a last
    /// line may be left out.
    is_part: bool,
}

impl From<Line> for Piece {
    fn from(Line { number, text, is_ended }: Line) -> Self {
        Self { what: "line", number, text, is_whole: is_ended, is_part: false }
    }
}

impl Piece {
    fn of(record: Record, count: &mut u64) -> Self {
        *count += 1;
        let Record { text, is_truncated } = record;
        Self { what: "record", number: *count, text, is_whole: !is_truncated, is_part: is_truncated }
    }
}

impl Framing for AnyFraming {
    type Item = Piece;

    fn push(&mut self, chunk: Bytes) {
        match self {
            Self::Lines(lines) => lines.push(chunk),
            Self::Sequence(records, _) => records.push(chunk),
        }
    }

    fn next(&mut self) -> Result<Option<Piece>, TooLarge> {
        Ok(match self {
            Self::Lines(lines) => lines.next()?.map(Piece::from),
            Self::Sequence(records, count) => records.next()?.map(|record| Piece::of(record, count)),
        })
    }

    fn finish(&mut self) -> Result<End<Piece>, TooLarge> {
        let piece = match self {
            Self::Lines(lines) => lines.finish()?.map(Piece::from),
            Self::Sequence(records, count) => records.finish()?.map(|record| Piece::of(record, count)),
        };
        Ok(piece.map_or(End::Complete, End::Item))
    }

    fn text(piece: &Piece) -> &Bytes {
        &piece.text
    }
}

/// Shows how many items there are, where that is known.
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
