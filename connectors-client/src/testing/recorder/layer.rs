//! The layer of a recorder.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use bytes::Bytes;
use flate2::read::GzDecoder;
use http::request::Parts;
use http::{Method, Uri};
use http_body::{Body as _, Frame, SizeHint};

use super::entry::{self, Answer, Content, Entry, Failure, Headers};
use super::state::{Mode, State, Tape};
use super::{compare, form, matching, played};
use crate::body::Body;
use crate::client::authenticate::sent::SentInUrl;
use crate::encode::media_type::MediaType;
use crate::endpoint::Endpoint;
use crate::error::{ErrorKind, TransportError, WholeText};
use crate::request::arguments::Arguments;
use crate::transport::layer::NextTransport;
use crate::transport::{Attempt, Transport, TransportFuture};

pub(super) struct Recording {
    pub(super) next: NextTransport,
    pub(super) tape: Arc<Tape>,
}

impl Transport for Recording {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let (bytes, body) = read(body).await?;
            let (step, origin) = self.begin(&parts, &bytes)?;
            match step {
                Step::Play(answer) => played::response(&answer, origin.as_deref()),
                Step::Record(index) => {
                    self.record(http::Request::from_parts(parts, body), index).await
                }
                Step::Verify(index) => {
                    self.verify(http::Request::from_parts(parts, body), index).await
                }
            }
        })
    }

    fn timed_out(&self, _: Instant) {
        self.tape.timeouts.fetch_add(1, Ordering::AcqRel);
    }
}

/// The part of the recorder in a request.
enum Step {
    Play(Box<Answer>),
    /// Sends the request and keeps its response in this entry.
    Record(usize),
    /// Sends the request and compares its response with that of this entry.
    Verify(usize),
}

impl Recording {
    /// Decides what happens to a request. Also returns its origin, if that is on this machine.
    fn begin(&self, parts: &Parts, body: &Bytes) -> Result<(Step, Option<String>), TransportError> {
        let Tape { mode, path, .. } = &*self.tape;
        let mut state = self.tape.state();
        let origin = local_origin(&parts.uri);
        if let Some(origin) = &origin {
            state.cleaner.add_origin(origin, without_port(origin));
        }
        let entry = entry_of(parts, body, &mut state);
        let found = if *mode == Mode::Record { None } else { state.take(&entry) };
        let step = match (mode, found) {
            (Mode::Replay | Mode::Auto | Mode::AutoInCi, Some(index)) => {
                Step::Play(Box::new(state.entries[index].response.clone()))
            }
            (Mode::Verify, Some(index)) => Step::Verify(index),
            (Mode::Replay | Mode::AutoInCi | Mode::Verify, None) => {
                let problem = self.tape.missing(&state, &entry);
                return Err(TransportError::new(ErrorKind::Build, WholeText(problem)));
            }
            (Mode::Record | Mode::Auto, _) => Step::Record(
                state
                    .add(path, entry)
                    .map_err(|why| TransportError::new(ErrorKind::Build, WholeText(why)))?,
            ),
        };
        Ok((step, origin))
    }

    /// Sends the request and keeps its response in the entry.
    async fn record(&self, request: http::Request<Body>, index: usize) -> Sent {
        let is_head = request.method() == Method::HEAD;
        let mut kept = Kept::new(Arc::clone(&self.tape), End::Record(index));
        match self.next.send(request).await {
            Ok(response) => Ok(kept.of(response, is_head)),
            Err(error) => {
                // Recording cannot fail.
                let _ = kept.end(Some(&error));
                Err(error)
            }
        }
    }

    /// Sends the request and compares its response with that of the entry.
    async fn verify(&self, request: http::Request<Body>, index: usize) -> Sent {
        let is_head = request.method() == Method::HEAD;
        let kept = Kept::new(Arc::clone(&self.tape), End::Verify(index));
        let response = kept.of(self.next.send(request).await?, is_head);
        if is_stream(&entry::mime_of(response.headers())) {
            return Ok(response);
        }
        // An error in the body of an error response would not be the error of the call.
        let (parts, body) = response.into_parts();
        Ok(http::Response::from_parts(parts, Body::from(body.read().await?)))
    }
}

type Sent = Result<http::Response<Body>, TransportError>;

/// Reads a request body. Returns its bytes, and a body that sends them as it would.
async fn read(body: Body) -> Result<(Bytes, Body), TransportError> {
    if let (Some(bytes), Some(again)) = (body.as_bytes(), body.try_clone()) {
        return Ok((Bytes::copy_from_slice(bytes), again));
    }
    let has_length = body.size_hint().exact().is_some();
    let bytes = body.read().await?;
    let again = if has_length { Body::from(bytes.clone()) } else { played::chunked(bytes.clone()) };
    Ok((bytes, again))
}

/// Describes a request without its secrets.
fn entry_of(parts: &Parts, body: &Bytes, state: &mut State) -> Entry {
    let State { cleaner, places, .. } = state;
    let arguments = parts.extensions.get::<Arguments>();
    for (name, secret) in arguments.map(Arguments::secrets).unwrap_or_default() {
        cleaner.placeholder(name, &secret);
    }
    for (name, secret) in parts.extensions.get::<SentInUrl>().into_iter().flat_map(|sent| &sent.0) {
        cleaner.placeholder(name, secret);
    }
    let endpoint = parts.extensions.get::<&'static Endpoint>();
    let is_declared = endpoint.is_some_and(|endpoint| endpoint.is_declared());
    let mut headers = entry::headers_of(&parts.headers, false, cleaner);
    let body = content_of(&mut headers, entry::mime_of(&parts.headers), body);
    let mut entry = Entry {
        endpoint: endpoint.map(|endpoint| format!("{}::{}", endpoint.api(), endpoint.name())),
        arguments: BTreeMap::new(),
        method: parts.method.to_string(),
        url: parts.uri.to_string(),
        headers,
        body,
        response: Answer::default(),
        is_used: false,
        is_open: false,
    };
    entry.clean(cleaner, places);
    let path = || cleaner.url(parts.uri.path());
    let values = &mut entry.arguments;
    match arguments.and_then(Arguments::link_name) {
        Some(link) => drop(values.insert(link.to_owned(), path().into())),
        None if is_declared => {}
        None => {
            values.insert("method".to_owned(), parts.method.as_str().into());
            values.insert("path".to_owned(), path().into());
        }
    }
    for (name, text) in arguments.map(Arguments::of_path_and_headers).unwrap_or_default() {
        values.insert(name.to_owned(), cleaner.value(&text).into());
    }
    // After a redirect the URL is that of the response before.
    let hop = parts.extensions.get::<Attempt>().map_or(0, |attempt| attempt.hop());
    if hop > 0 {
        values.insert("redirect".to_owned(), hop.into());
    }
    let url = if hop > 0 { "" } else { &entry.url };
    matching::add_fields(values, url, &entry.body);
    entry
}

/// Returns a request body as it was before it was compressed by gzip, so that its secrets are found.
fn content_of(headers: &mut Headers, mime: String, body: &[u8]) -> Content {
    let coding =
        headers.iter().position(|(name, value)| name == "content-encoding" && value == "gzip");
    let plain = coding.and_then(|coding| {
        let mut plain = Vec::new();
        GzDecoder::new(body).read_to_end(&mut plain).ok()?;
        headers.remove(coding);
        Some(plain)
    });
    let bytes = plain.unwrap_or_else(|| body.to_vec());
    match form::multipart(&mime, &bytes) {
        Some((mime, fields)) => {
            form::set_media_type(headers, &mime);
            Content { mime, fields, ..Content::default() }
        }
        None => Content { mime, bytes, ..Content::default() },
    }
}

/// Returns the origin of a URL of this machine with a port, which differs from run to run.
fn local_origin(url: &Uri) -> Option<String> {
    let (scheme, host, port) = (url.scheme_str()?, url.host()?, url.port_u16()?);
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let is_local = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    is_local.then(|| format!("{scheme}://{host}:{port}"))
}

pub(super) fn without_port(origin: &str) -> &str {
    origin.rsplit_once(':').map_or(origin, |(before, _)| before)
}

/// Returns true if a body of this type is read item by item, so that its chunks are kept.
fn is_stream(mime: &str) -> bool {
    const STREAMS: [&str; 7] = [
        "text/event-stream",
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/x-jsonlines",
        "application/json-seq",
        "application/stream+json",
    ];
    let name = MediaType::parse(mime).name();
    STREAMS.iter().any(|stream| name.eq_ignore_ascii_case(stream))
}

/// The use of a response once it has ended.
#[derive(Clone, Copy)]
enum End {
    Record(usize),
    Verify(usize),
}

/// A response that is kept while it arrives.
struct Kept {
    tape: Arc<Tape>,
    end: End,
    answer: Answer,
    body: Body,
    /// Number of timeouts of the client before the request.
    timeouts: usize,
    is_over: bool,
}

impl Kept {
    fn new(tape: Arc<Tape>, end: End) -> Self {
        let timeouts = tape.timeouts.load(Ordering::Acquire);
        let (answer, body) = Default::default();
        Self { tape, end, answer, body, timeouts, is_over: false }
    }

    /// Puts this around the body of a response.
    fn of(mut self, response: http::Response<Body>, is_head: bool) -> http::Response<Body> {
        let (parts, body) = response.into_parts();
        let mime = entry::mime_of(&parts.headers);
        let cuts = is_stream(&mime).then(Vec::new);
        let headers = entry::headers_of(&parts.headers, is_head, &mut self.tape.state().cleaner);
        let content = Content { mime, cuts, ..Content::default() };
        self.answer = Answer { status: parts.status.as_u16(), headers, content, failure: None };
        self.body = body;
        http::Response::from_parts(parts, Body::stream(self))
    }

    fn push(&mut self, chunk: &[u8]) {
        let Content { bytes, cuts, .. } = &mut self.answer.content;
        bytes.extend_from_slice(chunk);
        if let Some(cuts) = cuts {
            cuts.push(bytes.len());
        }
    }

    /// Keeps the response or compares it.
    fn end(&mut self, error: Option<&TransportError>) -> Result<(), TransportError> {
        if std::mem::replace(&mut self.is_over, true) {
            return Ok(());
        }
        let mut answer = std::mem::take(&mut self.answer);
        answer.failure = error.map(|error| Failure { kind: error.kind, is_sent: error.sent });
        let mut state = self.tape.state();
        match self.end {
            End::Record(index) => state.complete(index, answer),
            End::Verify(index) if error.is_none() => {
                let file = self.tape.file();
                let differences = compare::differences(&mut state, index, answer);
                return differences.map_err(|what| {
                    let text = format!("the response differs from `{file}`: {what}");
                    TransportError::new(ErrorKind::Decode, WholeText(text))
                });
            }
            End::Verify(_) => {}
        }
        Ok(())
    }
}

/// A response that is dropped ends there. A request without a response counts only if a timeout
/// ended it.
impl Drop for Kept {
    fn drop(&mut self) {
        if self.is_over || !matches!(self.end, End::Record(_)) {
            return;
        }
        let has_timed_out = self.tape.timeouts.load(Ordering::Acquire) != self.timeouts;
        let timeout = has_timed_out.then(|| TransportError::new(ErrorKind::Timeout, "timed out"));
        if timeout.is_some() || self.answer.status != 0 {
            // Recording cannot fail.
            let _ = self.end(timeout.as_ref());
        }
    }
}

impl http_body::Body for Kept {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(match frame {
            Some(Ok(frame)) => {
                if let Some(chunk) = frame.data_ref() {
                    self.push(chunk);
                }
                Some(Ok(frame))
            }
            Some(Err(error)) => {
                let ended = self.end(Some(&error));
                Some(Err(ended.err().unwrap_or(error)))
            }
            None => self.end(None).err().map(Err),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
