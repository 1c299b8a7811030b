//! The body of a reply as it arrives: chunk by chunk, each within the limit of idleness, over one connection or, where
//! the endpoint says so, several.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body::Body as _;
use tokio::runtime::Id;

use super::Response;
use crate::body::Body;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Reply, body};
use crate::request::MAX_HEADER_VALUE;
use crate::retry::clock::Wait;
use crate::retry::policy::RetryPolicy;
use crate::runtime::affinity::{self, RuntimeAffinity};

/// A body that is read while it arrives.
pub(crate) struct ReplyStream {
    head: Head,
    /// None when it has ended.
    body: Option<Body>,
    idle: Idle,
    resume: Option<Box<Resume>>,
    /// How often it connected again.
    reconnections: u32,
}

/// What is known of the reply, for errors.
pub(crate) struct Head {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: u32,
    /// The largest item.
    pub(crate) max_item: usize,
}

impl Head {
    /// An error within the stream; it keeps `item`, the part of the body that it is about.
    pub(crate) fn error(&self, kind: ErrorKind, detail: impl Into<String>, item: Bytes) -> Error {
        let reply = Reply { status: self.status, headers: self.headers.clone(), body: item };
        Error::new(kind, Some(self.endpoint), detail.into())
            .with_reply(reply)
            .with_attempts(self.attempts, true)
    }
}

impl Head {
    /// The error that an item of a stream reports: its status is the one that the object says, else 500.
    pub(crate) fn reported(&self, item: Bytes) -> Error {
        let status = body::status(&item).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let reply = Reply { status, headers: self.headers.clone(), body: item };
        Error::new(ErrorKind::Api, Some(self.endpoint), "reported within the stream")
            .with_reply(reply)
            .with_attempts(self.attempts, true)
    }
}

/// The limit of the time in which nothing comes.
struct Idle {
    client: Client,
    limit: Duration,
    /// Runs while nothing comes, in this runtime.
    timer: Option<(Option<Id>, Wait)>,
    /// Whether it has run out.
    is_over: bool,
}

impl Idle {
    /// Whoever comes back late finds the limit passed, and perhaps data that nobody has looked at: the runtime has one more
    /// turn to say so.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        if self.is_over {
            return Poll::Ready(Ok(()));
        }
        let id = affinity::current();
        if self.client.shared.needs_runtime && id.is_none() {
            return Poll::Ready(Err("the stream was read outside a Tokio runtime: read it inside one"));
        }
        // A stream may be read in several runtimes, its timer runs in one.
        if self.timer.as_ref().is_some_and(|(began_in, _)| *began_in != id) {
            self.timer = None;
        }
        let (clock, limit, timer) = (&self.client.shared.clock, self.limit, &mut self.timer);
        let poll = || timer.get_or_insert_with(|| (id, clock.timer(limit))).1.as_mut().poll(context);
        match affinity::catch_missing_runtime(poll) {
            Ok(over) => ready!(over),
            Err(why) => return Poll::Ready(Err(why)),
        }
        self.is_over = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }

    fn reset(&mut self) {
        self.timer = None;
        self.is_over = false;
    }
}

/// Opens the stream again; the call loop gives it, since only that can make a call.
pub(crate) struct Reconnect {
    /// How often it may be in vain, one time after another.
    pub(crate) max_retries: u32,
    /// The waits between the times.
    pub(crate) retry: RetryPolicy,
    pub(crate) connect: Box<dyn Fn(Reconnection) -> Connecting + Send + Sync>,
}

/// One new connection.
pub(crate) struct Reconnection {
    /// How long to wait before it.
    pub(crate) wait: Duration,
    /// The last event id of the stream. `None` if it has had none, so that the caller's own header
    /// stays; empty if the stream cleared it.
    pub(crate) last_event_id: Option<HeaderValue>,
}

/// A new connection on its way.
struct Resume {
    reconnect: Reconnect,
    connecting: Option<(Option<RuntimeAffinity>, Connecting)>,
    /// How often it connected again since the last item.
    in_vain: u32,
}

pub(crate) type Connecting = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

impl ReplyStream {
    pub(crate) fn new(client: Client, head: Head, body: Body, idle: Duration) -> Self {
        Self {
            head,
            body: Some(body),
            idle: Idle { client, limit: idle, timer: None, is_over: false },
            resume: None,
            reconnections: 0,
        }
    }

    /// The same where the call can be made again.
    pub(crate) fn resumable(mut self, reconnect: Reconnect) -> Self {
        self.resume = Some(Box::new(Resume { reconnect, connecting: None, in_vain: 0 }));
        self
    }

    pub(crate) fn head(&self) -> &Head {
        &self.head
    }

    pub(crate) fn set_attempts(&mut self, attempts: u32) {
        self.head.attempts = attempts;
    }

    /// How often the stream was connected again.
    pub(crate) fn reconnections(&self) -> u32 {
        self.reconnections
    }

    /// Says that an item was complete, so that connecting again is not in vain.
    pub(crate) fn arrived(&mut self) {
        if let Some(resume) = &mut self.resume {
            resume.in_vain = 0;
        }
    }

    /// Ends the connection; nothing more is read.
    pub(crate) fn close(&mut self) {
        self.body = None;
        self.resume = None;
        self.idle.reset();
    }

    /// The next chunk; `None` at the end, which says nothing of whether that is the whole stream.
    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        while let Some(body) = &mut self.body {
            match Pin::new(body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    if let Ok(chunk) = frame.into_data() {
                        self.idle.reset();
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                }
                Poll::Ready(Some(Err(error))) => {
                    self.body = None;
                    let error = Error::transport(self.head.endpoint, error);
                    let Head { status, headers, attempts, .. } = &self.head;
                    let reply = Reply { status: *status, headers: headers.clone(), body: Bytes::new() };
                    return Poll::Ready(Some(Err(error.with_reply(reply).with_attempts(*attempts, true))));
                }
                Poll::Ready(None) => self.body = None,
                Poll::Pending => {
                    let (kind, detail) = match ready!(self.idle.poll(context)) {
                        Ok(()) => {
                            let limit = self.idle.limit;
                            (ErrorKind::Timeout, format!("timed out: nothing came for {limit:?}"))
                        }
                        Err(why) => (ErrorKind::Runtime, why.to_owned()),
                    };
                    self.body = None;
                    return Poll::Ready(Some(Err(self.head.error(kind, detail, Bytes::new()))));
                }
            }
        }
        Poll::Ready(None)
    }

    /// Begins to connect again after an end of the stream, or says why not; [`poll_reconnect`](Self::poll_reconnect) goes
    /// on. `retry` is what the server asks to wait.
    pub(crate) fn resume(
        &mut self,
        last_event_id: Option<&str>,
        retry: Option<Duration>,
    ) -> Result<(), &'static str> {
        let Some(resume) = &mut self.resume else { return Err("that is not declared") };
        let Reconnect { max_retries, retry: policy, connect } = &resume.reconnect;
        if resume.in_vain >= *max_retries {
            return Err("that was in vain as often as a call is repeated");
        }
        let last_event_id = match last_event_id.map(|id| HeaderValue::from_bytes(id.as_bytes())) {
            None => None,
            Some(Ok(id)) if id.len() <= MAX_HEADER_VALUE => Some(id),
            Some(_) => return Err("no header can carry its last id"),
        };
        let asked = retry.unwrap_or_default().min(policy.max_retry_after);
        let connecting =
            connect(Reconnection { wait: asked.max(policy.jittered(resume.in_vain + 1)), last_event_id });
        resume.in_vain += 1;
        self.reconnections += 1;
        let needs_runtime = self.idle.client.shared.needs_runtime;
        let home = needs_runtime.then(|| RuntimeAffinity::new(self.head.endpoint));
        resume.connecting = Some((home, connecting));
        Ok(())
    }

    /// Connects again; false where the server says that there is no more (204, HTML standard section 9.2.3).
    pub(crate) fn poll_reconnect(&mut self, context: &mut Context<'_>) -> Poll<Result<bool, Error>> {
        let Some(resume) = &mut self.resume else { return Poll::Ready(Ok(false)) };
        let Some(connecting) = &mut resume.connecting else { return Poll::Ready(Ok(self.body.is_some())) };
        let response = ready!(match connecting {
            (Some(home), call) => home.poll(|| call.as_mut().poll(context)),
            (None, call) => call.as_mut().poll(context),
        });
        resume.connecting = None;
        // What went before counts: it was executed, whatever becomes of the rest.
        let before = self.head.attempts;
        let mut response = response.map_err(|error| {
            let attempts = before + error.attempts();
            error.with_attempts(attempts, true)
        })?;
        let attempts = before + response.attempts();
        match response.take_stream() {
            Some(stream) => {
                self.body = stream.body;
                self.head = Head { attempts, ..stream.head };
                self.idle.reset();
                Poll::Ready(Ok(true))
            }
            None => Poll::Ready(Ok(false)),
        }
    }
}
