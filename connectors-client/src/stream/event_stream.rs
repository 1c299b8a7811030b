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
use super::framing::server_sent_events::{ServerSentEvent, ServerSentEvents};
use super::framing::{End, Framing, TooLarge};
use super::from_event::FromEvent;
use super::live::Live;
use super::next::Next;
use crate::encode::media_type::MediaType;
use crate::error::Error;
use crate::response::from_response::{CanResume, HasItems, Reading};
use crate::response::{FromResponse, Response};

/// A stream of server-sent events (`text/event-stream`), each read as `T`.
///
/// ```
/// use connectors_client::{Error, EventStream, Fake, api_client};
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
///     Fake::reply(200, "data: {\"price\": 1.5}\n\ndata: [DONE]\n\n").header("content-type", "text/event-stream")
/// });
/// let mut ticks = TickerClient::new(fake.client()).ticks().await?;
/// while let Some(tick) = ticks.next().await {
///     println!("{}", tick?.price);
/// }
/// # Ok(())
/// # }
/// ```
///
/// `T` is what serde reads from the JSON of the data, an [`Event`](crate::Event) with the name, id and `retry` beside
/// that, or anything else that is [`FromEvent`].
///
/// A stream is fused: behind its end, or an error, there is nothing. It ends where the endpoint's `done` says so; one that
/// ends before is a [`StreamTruncated`](crate::ErrorKind::StreamTruncated) error, as is one that ends within an event.
/// Nothing limits its whole time; [`idle_timeout`](crate::ClientBuilder::idle_timeout) limits that in which nothing comes,
/// and [`max_event`](crate::ClientBuilder::max_event) an event. Dropping it closes the connection. A reply of another media
/// type is a [`Decode`](crate::ErrorKind::Decode) error that keeps the begin of the body.
///
/// In blocking use it is an iterator: `for tick in ticks`.
pub struct EventStream<T>(Source<T>);

enum Source<T> {
    Live(Box<Live<ServerSentEvents>>),
    Items(VecDeque<Result<T, Error>>),
}

impl<T> EventStream<T> {
    /// A stream of these items, for tests.
    pub fn from_items(items: impl IntoIterator<Item = Result<T, Error>>) -> Self {
        Self(Source::Items(items.into_iter().collect()))
    }

    /// How often the stream was connected again, where the endpoint is declared with `resume`.
    pub fn reconnections(&self) -> u32 {
        match &self.0 {
            Source::Live(live) => live.reconnections(),
            Source::Items(_) => 0,
        }
    }
}

// A stream moves its items out whole.
impl<T> Unpin for EventStream<T> {}

impl<T: FromEvent> EventStream<T> {
    /// The next event, or `None` at the end.
    #[expect(clippy::should_implement_trait, reason = "it is a stream; its iterator waits on the thread")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next::of(self)
    }
}

impl<T: FromEvent> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Source::Items(items) => Poll::Ready(items.pop_front()),
            Source::Live(live) => {
                let item = ready!(live.poll_item(context));
                Poll::Ready(item.map(|event| {
                    let event = event?;
                    T::from_event(&event)
                        .map_err(|error| live.bad_item("an event", event.data.into_bytes(), &error))
                }))
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
    fn accept() -> &'static str {
        "text/event-stream"
    }

    fn reading(status: StatusCode, headers: &HeaderMap) -> Reading {
        match MediaType::of(headers) {
            _ if status == StatusCode::NO_CONTENT => Reading::Whole,
            Some(other) if !other.is("text/event-stream") => Reading::Wrong("an event stream"),
            _ => Reading::Stream,
        }
    }

    fn from_response(mut response: Response) -> Result<Self, Error> {
        match response.take_stream() {
            Some(reply) => {
                let framing = ServerSentEvents::new(reply.head().max_event);
                Ok(Self(Source::Live(Box::new(Live::new(reply, framing)))))
            }
            // There is no content (204).
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

    fn finish(&mut self) -> Result<End<ServerSentEvent>, TooLarge> {
        Ok(if self.finish() { End::Cut } else { End::Complete })
    }

    fn text(event: &ServerSentEvent) -> &Bytes {
        event.data.bytes()
    }

    fn last_event_id(&self) -> &str {
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
