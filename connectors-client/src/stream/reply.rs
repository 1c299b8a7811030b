//! The body of a reply as it arrives: chunk by chunk, each within the limit of idleness, over one connection or, where
//! the endpoint says so, several.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::HeaderName;
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body::Body as _;

use crate::body::Body;
use crate::call;
use crate::caller::Prepared;
use crate::client::Client;
use crate::clock::Wait;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Reply};
use crate::options::RequestOptions;
use crate::request::Request;
use crate::response::{Expected, Response};

/// The header by which a client says what it has (HTML standard section 9.2.4).
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

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
    pub(crate) max_event: usize,
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

/// The limit of the time in which nothing comes.
struct Idle {
    client: Client,
    limit: Duration,
    /// Runs while nothing comes.
    timer: Option<Wait>,
}

impl Idle {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let timer = self.timer.get_or_insert_with(|| self.client.shared.clock.timer(self.limit));
        timer.as_mut().poll(context)
    }
}

/// What connecting again needs.
struct Resume {
    prepared: Prepared,
    expected: Expected,
    connecting: Option<Connecting>,
    /// How often it connected again since the last item.
    in_vain: u32,
}

type Connecting = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

impl ReplyStream {
    pub(crate) fn new(client: Client, head: Head, body: Body, idle: Duration) -> Self {
        Self {
            head,
            body: Some(body),
            idle: Idle { client, limit: idle, timer: None },
            resume: None,
            reconnections: 0,
        }
    }

    /// The same where the call can be made again.
    pub(crate) fn resumable(
        mut self,
        request: &Request,
        options: &RequestOptions,
        expected: Expected,
    ) -> Self {
        let mut request = request.clone();
        request.options = Some(Box::new(options.clone()));
        let client = Client { defaults: None, ..self.idle.client.clone() };
        let prepared = Prepared { client, request };
        self.resume = Some(Box::new(Resume { prepared, expected, connecting: None, in_vain: 0 }));
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
        self.idle.timer = None;
    }

    /// The next chunk; `None` at the end, which says nothing of whether that is the whole stream.
    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        while let Some(body) = &mut self.body {
            match Pin::new(body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    if let Ok(chunk) = frame.into_data() {
                        self.idle.timer = None;
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
                    ready!(self.idle.poll(context));
                    self.body = None;
                    let detail = format!("timed out: nothing came for {:?}", self.idle.limit);
                    return Poll::Ready(Some(Err(self.head.error(ErrorKind::Timeout, detail, Bytes::new()))));
                }
            }
        }
        Poll::Ready(None)
    }

    /// Whether the stream can be connected again after this end of it; if so, [`poll_reconnect`](Self::poll_reconnect)
    /// does it. `retry` is what the server asks to wait.
    pub(crate) fn can_resume(&mut self, last_event_id: &str, retry: Option<Duration>) -> bool {
        let shared = &self.idle.client.shared;
        let Some(resume) = &mut self.resume else { return false };
        let retries = resume.prepared.request.options.as_ref().and_then(|options| options.max_retries);
        if resume.in_vain >= retries.unwrap_or(shared.retry.max_retries) {
            return false;
        }
        let Some(permit) = shared.retry_budget.take(None) else { return false };
        let Ok(id) = HeaderValue::from_bytes(last_event_id.as_bytes()) else { return false };
        let wait = retry.unwrap_or_default().max(shared.retry.jittered(resume.in_vain + 1));
        let mut prepared = resume.prepared.clone();
        let options = prepared.request.options.get_or_insert_default();
        options.set_header(LAST_EVENT_ID, (!last_event_id.is_empty()).then_some(id));
        let expected = resume.expected;
        self.reconnections += 1;
        resume.in_vain += 1;
        let client = self.idle.client.clone();
        permit.spend();
        resume.connecting = Some(Box::pin(async move {
            client.shared.clock.sleep(wait).await;
            call::call(Box::new(prepared), expected).await
        }));
        true
    }

    /// Connects again; false where the server says that there is no more (204, HTML standard section 9.2.3).
    pub(crate) fn poll_reconnect(&mut self, context: &mut Context<'_>) -> Poll<Result<bool, Error>> {
        let Some(resume) = &mut self.resume else { return Poll::Ready(Ok(false)) };
        let Some(connecting) = &mut resume.connecting else { return Poll::Ready(Ok(self.body.is_some())) };
        let response = ready!(connecting.as_mut().poll(context));
        resume.connecting = None;
        let mut response = response?;
        let attempts = self.head.attempts + response.attempts();
        match response.take_stream() {
            Some(stream) => {
                self.body = stream.body;
                self.head = Head { attempts, ..stream.head };
                self.idle.timer = None;
                Poll::Ready(Ok(true))
            }
            None => Poll::Ready(Ok(false)),
        }
    }
}
