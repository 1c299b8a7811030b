//! The responses of a fake.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use serde::Serialize;

use crate::body::Body;
use crate::error::{ErrorKind, TransportError};
use crate::retry::clock::{ClientClock, SleepFuture};

/// The result of a [`Fake`](crate::Fake)'s handler: a response, or a failure of the network.
///
/// A handler can also return an `http::Response<Bytes>` or a [`TransportError`].
#[derive(Debug)]
pub struct FakeReply {
    result: Result<http::Response<VecDeque<Bytes>>, TransportError>,
    delay: Duration,
    pause: Duration,
    /// The failure after the last chunk.
    end: Option<ErrorKind>,
}

impl From<http::Response<Bytes>> for FakeReply {
    fn from(response: http::Response<Bytes>) -> Self {
        Self::of(Ok(response.map(|body| [body].into())))
    }
}

impl From<TransportError> for FakeReply {
    fn from(error: TransportError) -> Self {
        Self::of(Err(error))
    }
}

impl FakeReply {
    fn of(result: Result<http::Response<VecDeque<Bytes>>, TransportError>) -> Self {
        Self { result, delay: Duration::ZERO, pause: Duration::ZERO, end: None }
    }

    /// Creates a response with this body. An invalid status code becomes 500.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self::chunks(status, [body])
    }

    /// Creates a response whose body arrives in these chunks, for streams. An invalid status code
    /// becomes 500.
    ///
    /// ```
    /// use std::time::Duration;
    /// use connectors_client::FakeReply;
    ///
    /// let reply = FakeReply::chunks(200, ["data: 1\n\nda", "ta: 2\n\n"])
    ///     .header("content-type", "text/event-stream")
    ///     .pause(Duration::from_secs(10));
    /// ```
    pub fn chunks(status: u16, chunks: impl IntoIterator<Item = impl Into<Bytes>>) -> Self {
        let mut response = http::Response::new(chunks.into_iter().map(Into::into).collect());
        *response.status_mut() =
            http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        Self::of(Ok(response))
    }

    /// Creates a response with a JSON body. An invalid status code becomes 500, as does the status
    /// of a body that cannot be written as JSON.
    pub fn json(status: u16, body: impl Serialize) -> Self {
        match serde_json::to_vec(&body) {
            Ok(json) => Self::new(status, json).header("content-type", "application/json"),
            Err(error) => {
                Self::new(500, format!("the fake's body cannot be written as JSON: {error}"))
            }
        }
    }

    /// Creates a failure of the network of this kind.
    pub fn failure(kind: ErrorKind) -> Self {
        TransportError::new(kind, format!("the fake fails with {kind:?}")).into()
    }

    /// Adds a header field. An invalid name or value is ignored.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = http::HeaderName::from_bytes(name.as_bytes());
        if let (Ok(response), Ok(name), Ok(value)) =
            (&mut self.result, name, http::HeaderValue::from_str(value))
        {
            response.headers_mut().append(name, value);
        }
        self
    }

    /// Lets the response or failure arrive after this time of the fake's
    /// [clock](crate::Fake::clock). A timeout that is shorter expires.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Waits for this time of the fake's clock before each chunk but the first.
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Ends the body with a failure of this kind, as if the connection broke after its last chunk.
    pub fn break_off(mut self, kind: ErrorKind) -> Self {
        self.end = Some(kind);
        self
    }

    /// Responds after the delay.
    pub(super) async fn arrive(
        self,
        clock: ClientClock,
    ) -> Result<http::Response<Body>, TransportError> {
        if !self.delay.is_zero() {
            clock.wait(self.delay).await;
        }
        let Self { result, pause, end, .. } = self;
        let response = result?;
        Ok(response.map(|mut chunks| match (chunks.len(), end) {
            (0 | 1, None) => Body::from(chunks.pop_front().unwrap_or_default()),
            _ => Body::stream(Chunks {
                left: chunks,
                end,
                pause,
                clock,
                waiting: None,
                is_first: true,
            }),
        }))
    }
}

/// The chunks of a response, with pauses between them.
struct Chunks {
    left: VecDeque<Bytes>,
    end: Option<ErrorKind>,
    pause: Duration,
    clock: ClientClock,
    /// The current wait. The lock makes it shareable; only its owner polls it.
    waiting: Option<Mutex<SleepFuture>>,
    is_first: bool,
}

impl Chunks {
    /// Waits before each chunk but the first.
    fn poll_pause(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.is_first || self.pause.is_zero() {
            self.is_first = false;
            return Poll::Ready(());
        }
        let Self { waiting, clock, pause, .. } = self;
        let waiting = waiting.get_or_insert_with(|| Mutex::new(clock.wait(*pause)));
        let future = waiting.get_mut().unwrap_or_else(PoisonError::into_inner);
        ready!(future.as_mut().poll(context));
        self.waiting = None;
        Poll::Ready(())
    }
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if !self.left.is_empty() {
            ready!(self.poll_pause(context));
        }
        Poll::Ready(match self.left.pop_front() {
            Some(chunk) => Some(Ok(Frame::data(chunk))),
            None => self.end.take().map(|kind| {
                Err(TransportError::new(kind, format!("the fake breaks off with {kind:?}")))
            }),
        })
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chunks({} left)", self.left.len())
    }
}
