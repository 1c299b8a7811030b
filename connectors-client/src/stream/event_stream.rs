//! Server-sent events as a return type.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::blocking::BlockingItems;
use super::framed_stream::FramedStream;
use super::framing::server_sent_events::{ServerSentEvent, ServerSentEvents};
use super::framing::{Framing, Remainder, TooLarge};
use super::from_event::FromEvent;
use super::next::Next;
use crate::encode::media_type::MediaType;
use crate::error::Error;
use crate::response::from_response::{BodyMode, CanResume, HasItems};
use crate::response::{FromResponse, Response};

/// A stream of server-sent events (`text/event-stream`), each decoded into `T`.
///
/// ```
/// use connectors_client::{Error, EventStream, Fake, FakeReply, api_client};
///
/// #[derive(serde::Deserialize)]
/// pub struct Tick {
///     pub price: f64,
/// }
///
/// #[api_client]
/// pub trait Ticker {
///     #[get("ticks", done = "[DONE]")]
///     async fn ticks(&self) -> EventStream<Tick>;
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let fake = Fake::new().on(TickerClient::TICKS, |_| {
///     FakeReply::new(200, "data: {\"price\": 1.5}\n\ndata: [DONE]\n\n").header("content-type", "text/event-stream")
/// });
/// let mut ticks = TickerClient::new(fake.client()).ticks().await?;
/// while let Some(tick) = ticks.next().await {
///     println!("{}", tick?.price);
/// }
/// # Ok(())
/// # }
/// ```
///
/// `T` is a type that serde reads from the JSON of the data, an [`Event`](crate::Event) with the
/// name, id and `retry` as well, or any other type that is [`FromEvent`].
///
/// The stream ends at the item that the endpoint's `done` describes. If the response ends earlier
/// or within an event, the stream returns a [`StreamTruncated`](crate::ErrorKind::StreamTruncated)
/// error. Without `done` it ends with the response, or at an event `[DONE]` that is not a `T`, which
/// many APIs send last. After its end or an error the stream returns `None`. Dropping it closes the
/// connection.
///
/// The total time is not limited. [`idle_timeout`](crate::ClientBuilder::idle_timeout) limits the
/// time without data, and [`max_item`](crate::ClientBuilder::max_item) the size of an event. A
/// response of another media type is a [`Decode`](crate::ErrorKind::Decode) error that keeps the
/// beginning of the body.
///
/// In blocking use, iterate with `for tick in ticks`.
pub struct EventStream<T>(Source<T>);

enum Source<T> {
    Live(Box<FramedStream<ServerSentEvents>>),
    Fixed(VecDeque<Result<T, Error>>),
}

impl<T> EventStream<T> {
    /// Creates a stream of these items, for tests.
    pub fn from_items(items: impl IntoIterator<Item = Result<T, Error>>) -> Self {
        Self(Source::Fixed(items.into_iter().collect()))
    }

    /// Returns how often the stream was connected again. It is 0 unless the endpoint is declared
    /// with `resume`.
    pub fn reconnections(&self) -> u32 {
        match &self.0 {
            Source::Live(live) => live.reconnections(),
            Source::Fixed(_) => 0,
        }
    }
}

// The items are never pinned.
impl<T> Unpin for EventStream<T> {}

impl<T: FromEvent> EventStream<T> {
    /// Returns the next event, or `None` at the end.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is a stream; its iterator waits on the thread"
    )]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::new(self)
    }
}

impl<T: FromEvent> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Source::Fixed(items) => Poll::Ready(items.pop_front()),
            Source::Live(live) => {
                let Some(event) = ready!(live.poll_item(context)) else {
                    return Poll::Ready(None);
                };
                let event = event?;
                Poll::Ready(match T::from_event(&event) {
                    Ok(item) => Some(Ok(item)),
                    Err(_) if live.is_done(&event.data) => None,
                    Err(error) => {
                        Some(Err(live.invalid_item("an event", event.data.into(), &error)))
                    }
                })
            }
        }
    }
}

impl<T: FromEvent> IntoIterator for EventStream<T> {
    type Item = Result<T, Error>;
    type IntoIter = BlockingItems<Self>;

    fn into_iter(self) -> BlockingItems<Self> {
        BlockingItems::new(self)
    }
}

impl<T: FromEvent> FromResponse for EventStream<T> {
    const NEEDS_BODY: bool = true;

    fn accept() -> &'static str {
        "text/event-stream"
    }

    fn body_mode(status: StatusCode, headers: &HeaderMap) -> BodyMode {
        match MediaType::of(headers) {
            _ if status == StatusCode::NO_CONTENT => BodyMode::Buffered,
            Some(other) if !other.is("text/event-stream") => {
                BodyMode::Unexpected("an event stream")
            }
            _ => BodyMode::Streaming,
        }
    }

    fn from_response(mut response: Response) -> Result<Self, Error> {
        match response.take_stream() {
            Some(reply) => {
                let framing = ServerSentEvents::new(reply.head().max_item);
                Ok(Self(Source::Live(Box::new(FramedStream::new(reply, framing)))))
            }
            // The response is 204 No Content.
            None => Ok(Self::from_items([])),
        }
    }
}

impl Framing for ServerSentEvents {
    type Item = ServerSentEvent;

    fn push(&mut self, chunk: Bytes) {
        self.push(chunk);
    }

    fn next(&mut self) -> Result<Option<ServerSentEvent>, TooLarge> {
        self.next()
    }

    fn finish(&mut self) -> Result<Remainder<ServerSentEvent>, TooLarge> {
        Ok(if self.finish() { Remainder::Partial } else { Remainder::None })
    }

    fn text(event: &ServerSentEvent) -> &[u8] {
        event.data.as_bytes()
    }

    fn last_event_id(&self) -> Option<&str> {
        self.last_event_id()
    }

    fn reconnection_time(&self) -> Option<Duration> {
        self.reconnection_time()
    }

    fn reset(&mut self) {
        self.reset();
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream(..)")
    }
}

impl<T> HasItems for EventStream<T> {}

impl<T> CanResume for EventStream<T> {}
