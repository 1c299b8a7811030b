//! The body of a response as it arrives: chunk by chunk, each within the idle timeout. If the
//! endpoint has `resume`, the stream reconnects.

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
use crate::client::secret_listener;
use crate::endpoint::Endpoint;
use crate::error::secrets::Secrets;
use crate::error::{Error, ErrorKind, Reply, body};
use crate::observation::StreamWatch;
use crate::request::MAX_HEADER_VALUE;
use crate::retry::clock::SleepFuture;
use crate::retry::policy::RetryPolicy;
use crate::runtime::affinity::{self, RuntimeAffinity};

/// A body that is read while it arrives.
pub(crate) struct ReplyStream {
    head: Head,
    /// `None` after its end.
    body: Option<Body>,
    idle: Idle,
    resume: Option<Box<Resume>>,
    /// Number of reconnections.
    reconnections: u32,
    watch: Option<Box<StreamWatch>>,
}

/// The head of the response, which errors keep.
pub(crate) struct Head {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: u32,
    /// Maximum size of an item.
    pub(crate) max_item: usize,
    /// The secrets that the call sent.
    pub(crate) secrets: Secrets,
}

impl Head {
    /// Creates an error within the stream. It keeps `item`, the part of the body that it is about.
    pub(crate) fn error(&self, kind: ErrorKind, detail: impl Into<String>, item: Bytes) -> Error {
        if kind == ErrorKind::Decode {
            secret_listener::tell(|listener| listener.unreadable(&item));
        }
        let reply = Reply { status: self.status, headers: self.headers.clone(), body: item };
        Error::new(kind, Some(self.endpoint), detail.into())
            .with_secrets(&self.secrets)
            .with_reply(reply)
            .with_attempts(self.attempts, true)
    }

    /// Creates the error that an item reports. Its status is the one that the object names, else
    /// 500.
    pub(crate) fn reported(&self, item: Bytes) -> Error {
        let status = body::status(&item).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let reply = Reply { status, headers: self.headers.clone(), body: item };
        Error::new(ErrorKind::Api, Some(self.endpoint), "reported within the stream")
            .with_secrets(&self.secrets)
            .with_reply(reply)
            .with_attempts(self.attempts, true)
    }
}

/// The idle timeout of a stream.
struct Idle {
    client: Client,
    limit: Duration,
    /// The timer, with its runtime. It runs while no data arrives.
    timer: Option<(Option<Id>, SleepFuture)>,
    /// True if the timer has run out.
    is_over: bool,
}

impl Idle {
    /// Polls the timer. A late poll sees an expired timer even if data has arrived, so this yields
    /// once and the body is polled again.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        if self.is_over {
            return Poll::Ready(Ok(()));
        }
        let id = affinity::current();
        if self.client.shared.needs_runtime && id.is_none() {
            return Poll::Ready(Err(
                "the stream was read outside a Tokio runtime: read it inside one",
            ));
        }
        // A stream may be read in several runtimes, but its timer runs in one.
        if self.timer.as_ref().is_some_and(|(began_in, _)| *began_in != id) {
            self.timer = None;
        }
        let (clock, limit, timer) = (&self.client.shared.clock, self.limit, &mut self.timer);
        let poll =
            || timer.get_or_insert_with(|| (id, clock.timer(limit))).1.as_mut().poll(context);
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

/// Opens the stream again. The call loop provides it, because only the call loop can make a call.
pub(crate) struct Reconnect {
    /// Maximum number of reconnections in a row that bring no item.
    pub(crate) max_retries: u32,
    /// The policy for the waits between them.
    pub(crate) retry: RetryPolicy,
    pub(crate) connect: Box<dyn Fn(Reconnection) -> Connecting + Send + Sync>,
}

/// One new connection.
pub(crate) struct Reconnection {
    /// Time to wait before it.
    pub(crate) wait: Duration,
    /// The last event id of the stream. `None` if it has had none, so that the caller's own header
    /// stays; empty if the stream cleared it.
    pub(crate) last_event_id: Option<HeaderValue>,
}

/// The state of reconnecting.
struct Resume {
    reconnect: Reconnect,
    connecting: Option<(Option<RuntimeAffinity>, Connecting)>,
    /// Number of reconnections since the last item.
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
            watch: None,
        }
    }

    /// Lets a subscriber know how the stream ends.
    pub(crate) fn set_watch(&mut self, watch: Option<Box<StreamWatch>>) {
        self.watch = watch;
    }

    /// Ends the watch without an event, because another stream continues with this connection.
    fn unwatch(&mut self) {
        self.watch.take().into_iter().for_each(|watch| watch.discard());
    }

    /// Notes the end of the stream: complete, or by an error.
    pub(crate) fn ended(&mut self, error: Option<ErrorKind>) {
        if let Some(mut watch) = self.watch.take() {
            watch.ended(error);
        }
    }

    /// Lets the stream reconnect.
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

    /// Returns the number of reconnections.
    pub(crate) fn reconnections(&self) -> u32 {
        self.reconnections
    }

    /// Notes that an item is complete, so that the last reconnection was not in vain.
    pub(crate) fn arrived(&mut self) {
        if let Some(resume) = &mut self.resume {
            resume.in_vain = 0;
        }
    }

    /// Ends the connection. Nothing more is read.
    pub(crate) fn close(&mut self) {
        self.body = None;
        self.resume = None;
        self.idle.reset();
    }

    /// Polls the next chunk. `None` is the end of the body, which may not be the end of the stream.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        while let Some(body) = &mut self.body {
            match Pin::new(body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    if let Ok(chunk) = frame.into_data() {
                        self.idle.reset();
                        if let Some(watch) = &mut self.watch {
                            watch.chunk(chunk.len());
                        }
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                }
                Poll::Ready(Some(Err(error))) => {
                    self.body = None;
                    let Head { status, headers, attempts, secrets, .. } = &self.head;
                    let error = Error::transport(self.head.endpoint, error).with_secrets(secrets);
                    let reply =
                        Reply { status: *status, headers: headers.clone(), body: Bytes::new() };
                    return Poll::Ready(Some(Err(error
                        .with_reply(reply)
                        .with_attempts(*attempts, true))));
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

    /// Begins to reconnect after an end of the body, or says why not.
    /// [`poll_reconnect`](Self::poll_reconnect) continues. `retry` is the time that the server asks
    /// to wait.
    pub(crate) fn resume(
        &mut self,
        last_event_id: Option<&str>,
        retry: Option<Duration>,
    ) -> Result<(), &'static str> {
        let Some(resume) = &mut self.resume else { return Err("`resume` is not declared") };
        let Reconnect { max_retries, retry: policy, connect } = &resume.reconnect;
        if resume.in_vain >= *max_retries {
            return Err("reconnecting was in vain as often as a call is retried");
        }
        let last_event_id = match last_event_id.map(|id| HeaderValue::from_bytes(id.as_bytes())) {
            None => None,
            Some(Ok(id)) if id.len() <= MAX_HEADER_VALUE => Some(id),
            Some(_) => return Err("no header can carry its last id"),
        };
        let asked = retry.unwrap_or_default().min(policy.max_retry_after);
        let connecting = connect(Reconnection {
            wait: asked.max(policy.jittered(resume.in_vain + 1)),
            last_event_id,
        });
        resume.in_vain += 1;
        self.reconnections += 1;
        let needs_runtime = self.idle.client.shared.needs_runtime;
        let home = needs_runtime.then(|| RuntimeAffinity::new(self.head.endpoint));
        resume.connecting = Some((home, connecting));
        Ok(())
    }

    /// Reconnects. Returns false if the server says that there is no more (204, HTML standard
    /// section 9.2.3).
    pub(crate) fn poll_reconnect(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<bool, Error>> {
        let Some(resume) = &mut self.resume else { return Poll::Ready(Ok(false)) };
        let Some(connecting) = &mut resume.connecting else {
            return Poll::Ready(Ok(self.body.is_some()));
        };
        let response = ready!(match connecting {
            (Some(home), call) => home.poll(|| call.as_mut().poll(context)),
            (None, call) => call.as_mut().poll(context),
        });
        resume.connecting = None;
        // Earlier attempts count: they were executed, whatever happens to this one.
        let before = self.head.attempts;
        let mut response = response.map_err(|error| {
            let attempts = before + error.attempts();
            error.with_attempts(attempts, true)
        })?;
        let attempts = before + response.attempts();
        match response.take_stream() {
            Some(mut stream) => {
                stream.unwatch();
                self.body = stream.body;
                self.head = Head { attempts, ..stream.head };
                self.idle.reset();
                Poll::Ready(Ok(true))
            }
            None => Poll::Ready(Ok(false)),
        }
    }
}
