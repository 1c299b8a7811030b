//! The items of a JSON array, read one by one.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::blocking::BlockingItems;
use super::framed_stream::FramedStream;
use super::framing::array_items::{ArrayItem, ArrayItems, Problem};
use super::framing::{Framing, Remainder, TooLarge};
use super::next::Next;
use crate::encode::media_type::MediaType;
use crate::error::Error;
use crate::response::from_response::{BodyMode, HasItems};
use crate::response::{FromResponse, Response};

/// The items of a JSON array, one by one while they arrive: `[{..}, {..}, ..]`. A response of any
/// size needs only the memory of one item.
///
/// ```
/// use connectors_client::{Error, Fake, FakeReply, JsonArray, api_client};
///
/// #[derive(serde::Deserialize)]
/// pub struct Row {
///     pub id: u64,
/// }
///
/// #[api_client]
/// pub trait Export {
///     #[get("rows")]
///     async fn rows(&self) -> JsonArray<Row>;
///
///     /// The array is in a field: `{"data": [..]}`.
///     #[get("rows", envelope = "data")]
///     async fn enveloped(&self) -> JsonArray<Row>;
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let fake = Fake::new().on(ExportClient::ROWS, |_| FakeReply::new(200, r#"[{"id": 1}, {"id": 2}]"#));
/// let mut rows = ExportClient::new(fake.client()).rows().await?;
/// while let Some(row) = rows.next().await {
///     println!("{}", row?.id);
/// }
/// # Ok(())
/// # }
/// ```
///
/// An item that does not decode into `T` is a [`Decode`](crate::ErrorKind::Decode) error with its
/// number and text. It ends the stream unless the endpoint has `on_invalid_item = skip`. A response
/// that is not such an array is a `Decode` error too. If the response ends before the array does,
/// the items before the end are followed by a
/// [`StreamTruncated`](crate::ErrorKind::StreamTruncated) error.
///
/// Otherwise the stream behaves like an [`EventStream`](crate::EventStream): `idle_timeout` and
/// `max_item` limit it, it returns `None` after an error, and in blocking use it iterates.
pub struct JsonArray<T>(Items<T>);

enum Items<T> {
    Fixed(vec::IntoIter<Result<T, Error>>),
    Live(Box<FramedStream<ArrayItems>>, Option<&'static str>),
}

// The items are never pinned.
impl<T> Unpin for JsonArray<T> {}

impl<T> JsonArray<T> {
    /// Creates a stream of these items, for tests.
    pub fn from_items(items: impl IntoIterator<Item = Result<T, Error>>) -> Self {
        Self(Items::Fixed(items.into_iter().collect::<Vec<_>>().into_iter()))
    }
}

impl<T: DeserializeOwned> JsonArray<T> {
    /// Returns the next item, or `None` at the end.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is a stream; its iterator waits on the thread"
    )]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::new(self)
    }
}

impl<T: DeserializeOwned> Stream for JsonArray<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Items::Fixed(items) => Poll::Ready(items.next()),
            Items::Live(stream, envelope) => {
                let item = ready!(stream.poll_item(context));
                Poll::Ready(item.map(|item| {
                    let ArrayItem { number, text, problem } = item?;
                    if let Some(problem) = problem {
                        return Err(stream.unexpected(&detail(problem, *envelope, number), text));
                    }
                    let value = serde_json::from_slice(&text);
                    value.map_err(|error| {
                        stream.invalid_item(&format!("item {number}"), text, &error)
                    })
                }))
            }
        }
    }
}

/// Says why a response is not such an array.
fn detail(problem: Problem, envelope: Option<&str>, number: u64) -> String {
    match (problem, envelope) {
        (Problem::NotJson, _) => {
            format!("the array of the response is not valid JSON where item {number} would be")
        }
        (Problem::NoField, Some(name)) => {
            format!("the response has no field `{name}`, which its envelope names")
        }
        (_, Some(name)) => {
            format!("the response is not a JSON object whose field `{name}` is an array")
        }
        (_, None) => "the response is not a JSON array".to_owned(),
    }
}

impl<T: DeserializeOwned> IntoIterator for JsonArray<T> {
    type Item = Result<T, Error>;
    type IntoIter = BlockingItems<Self>;

    fn into_iter(self) -> BlockingItems<Self> {
        BlockingItems::new(self)
    }
}

impl<T: DeserializeOwned> FromResponse for JsonArray<T> {
    const NEEDS_BODY: bool = true;

    fn accept() -> &'static str {
        "application/json"
    }

    fn body_mode(status: StatusCode, headers: &HeaderMap) -> BodyMode {
        let others = ["text/html", "text/event-stream", "application/json-seq"];
        match MediaType::of(headers) {
            _ if status == StatusCode::NO_CONTENT => BodyMode::Buffered,
            Some(own) if others.into_iter().any(|other| own.is(other)) => {
                BodyMode::Unexpected("a JSON array")
            }
            _ => BodyMode::Streaming,
        }
    }

    fn from_response(mut response: Response) -> Result<Self, Error> {
        let envelope = response.envelope();
        let Some(reply) = response.take_stream() else { return Ok(Self::from_items([])) };
        let framing = ArrayItems::new(reply.head().max_item, envelope);
        Ok(Self(Items::Live(Box::new(FramedStream::new(reply, framing)), envelope)))
    }
}

impl Framing for ArrayItems {
    type Item = ArrayItem;

    fn push(&mut self, chunk: Bytes) {
        self.push(chunk);
    }

    fn next(&mut self) -> Result<Option<ArrayItem>, TooLarge> {
        self.next()
    }

    fn finish(&mut self) -> Result<Remainder<ArrayItem>, TooLarge> {
        Ok(if self.is_complete() { Remainder::None } else { Remainder::Partial })
    }

    fn text(item: &ArrayItem) -> &[u8] {
        &item.text
    }
}

impl<T> fmt::Debug for JsonArray<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonArray(..)")
    }
}

impl<T> HasItems for JsonArray<T> {}
