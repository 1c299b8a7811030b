//! A reply, and how a return type reads it.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::decode;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Reply};
use crate::stream::reply::ReplyStream;
use crate::stream::{EventStream, JsonLines};

/// A reply with a status that the return type takes, before it is read as that.
pub struct Response(Box<Parts>);

struct Parts {
    endpoint: &'static Endpoint,
    reply: Reply,
    attempts: u32,
    idempotency_key: Option<String>,
    /// The body, where it is read while it arrives.
    stream: Option<ReplyStream>,
}

impl Response {
    pub(crate) fn new(endpoint: &'static Endpoint, reply: Reply) -> Self {
        Self(Box::new(Parts { endpoint, reply, attempts: 0, idempotency_key: None, stream: None }))
    }

    /// A reply whose body is still arriving.
    pub(crate) fn streamed(stream: ReplyStream) -> Self {
        let head = stream.head();
        let reply = Reply { status: head.status, headers: head.headers.clone(), body: Bytes::new() };
        Self(Box::new(Parts {
            endpoint: head.endpoint,
            reply,
            attempts: 0,
            idempotency_key: None,
            stream: Some(stream),
        }))
    }

    pub(crate) fn set_attempts(&mut self, attempts: u32) {
        self.0.attempts = attempts;
        if let Some(stream) = &mut self.0.stream {
            stream.set_attempts(attempts);
        }
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.0.attempts
    }

    pub(crate) fn set_key(&mut self, key: Option<String>) {
        self.0.idempotency_key = key;
    }

    /// The body, where it is still arriving.
    pub(crate) fn take_stream(&mut self) -> Option<ReplyStream> {
        self.0.stream.take()
    }

    /// The status: a success, or another that the return type [takes](FromResponse::takes) or `none_on` names.
    pub fn status(&self) -> StatusCode {
        self.0.reply.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.reply.headers
    }

    /// The body, decompressed.
    pub fn body(&self) -> &Bytes {
        &self.0.reply.body
    }

    /// Whether the status says that there is something, since another one is declared to say that there is nothing.
    pub(crate) fn is_something(&self) -> bool {
        self.0.endpoint.options.none_on.is_some_and(|status| status != self.status().as_u16())
    }

    /// The same again, for an error that keeps it.
    pub(crate) fn copy(&self) -> Self {
        let Reply { status, headers, body } = &self.0.reply;
        let reply = Reply { status: *status, headers: headers.clone(), body: body.clone() };
        let idempotency_key = self.0.idempotency_key.clone();
        let (endpoint, attempts) = (self.0.endpoint, self.0.attempts);
        Self(Box::new(Parts { endpoint, reply, attempts, idempotency_key, stream: None }))
    }

    /// The `Decode` error of this reply, which keeps its body: `detail` says what was expected, in a clause.
    pub fn decode_error(self, detail: impl Into<String>) -> Error {
        self.error(ErrorKind::Decode, detail.into())
    }

    /// An error of this reply, which keeps its body.
    pub(crate) fn error(self, kind: ErrorKind, detail: impl Into<Cow<'static, str>>) -> Error {
        Error::new(kind, Some(self.0.endpoint), detail)
            .with_reply(self.0.reply)
            .with_attempts(self.0.attempts, true)
            .with_idempotency_key(self.0.idempotency_key)
    }
}

/// Shows the size of the body and the names of the headers, never their content.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("endpoint", self.0.endpoint)
            .field("status", &self.status())
            .field("headers", &self.headers().keys().collect::<Vec<_>>())
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

/// A type that an endpoint can return.
///
/// Any [`DeserializeOwned`] type reads the body as JSON; of these, `()` ignores it, [`Bytes`] takes it as it is, and
/// `Option` and maps read an empty one as nothing (so does a struct with `#[serde(flatten)]`, which reads as a map). [`Text`]
/// reads UTF-8. Derive it, by [`FromResponse`](macro@crate::FromResponse), for several success statuses and for headers
/// beside the data; implement it for a format of your own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a reply",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it to read JSON, or return `()`, `bytes::Bytes` or `connectors_client::Text`"
)]
pub trait FromResponse: Sized {
    /// The `Accept` header of the request.
    fn accept() -> &'static str;

    /// Which statuses [`from_response`](Self::from_response) reads; a reply of any other is the call's error, which may
    /// be repeated. The default is every success.
    fn takes(status: StatusCode) -> bool {
        status.is_success()
    }

    /// How the body of a reply that is taken is read.
    #[doc(hidden)]
    fn reading(_status: StatusCode, _headers: &HeaderMap) -> Reading {
        Reading::Whole
    }

    /// Reads the reply.
    fn from_response(response: Response) -> Result<Self, Error>;
}

/// How a body is read.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// All of it, before the reply is handed on.
    Whole,
    /// While it arrives.
    Stream,
    /// As an error, since it is not what this says.
    Wrong(&'static str),
}

/// What the call loop has to know of a return type.
#[derive(Clone, Copy)]
pub(crate) struct Expected {
    pub(crate) accept: &'static str,
    pub(crate) takes: fn(StatusCode) -> bool,
    pub(crate) reading: fn(StatusCode, &HeaderMap) -> Reading,
}

impl Expected {
    pub(crate) fn of<T: FromResponse>() -> Self {
        Self { accept: T::accept(), takes: T::takes, reading: T::reading }
    }
}

impl<T: DeserializeOwned> FromResponse for T {
    fn accept() -> &'static str {
        decode::accept::<T>()
    }

    fn from_response(response: Response) -> Result<Self, Error> {
        decode::decode(response.body(), response.is_something())
            .map_err(|error| decode::explain::<Self>(response, &error))
    }
}

/// A return type that has a nothing, so that `none_on` can give it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`none_on` needs a return type that can be none, and `{Self}` cannot",
    label = "write `Option` around it"
)]
pub trait CanBeNone {}

impl<T> CanBeNone for Option<T> {}

/// Checks the return type of an endpoint with `none_on`.
#[doc(hidden)]
pub fn check_none<T: CanBeNone>() {}

/// A return type that is a stream of items, for the options about these.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`done`, `fails_on` and `on_bad_line` are about the items of a stream, and `{Self}` has none",
    label = "write `EventStream<T>` or `JsonLines<T>`"
)]
pub trait HasItems {}

impl<T> HasItems for EventStream<T> {}
impl<T> HasItems for JsonLines<T> {}

/// Checks the return type of an endpoint with options about items.
#[doc(hidden)]
pub fn check_items<T: HasItems>() {}

/// A return type that can be connected again.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`resume` is about server-sent events, whose ids say where to go on, and `{Self}` has none",
    label = "write `EventStream<T>`"
)]
pub trait CanResume {}

impl<T> CanResume for EventStream<T> {}

/// Checks the return type of an endpoint with `resume`.
#[doc(hidden)]
pub fn check_resume<T: CanResume>() {}

/// A body of text. It must be UTF-8, else the call ends with a `Decode` error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(pub String);

impl FromResponse for Text {
    fn accept() -> &'static str {
        "text/plain, */*;q=0.5"
    }

    fn from_response(response: Response) -> Result<Self, Error> {
        match std::str::from_utf8(response.body()) {
            Ok(text) => Ok(Self(text.to_owned())),
            Err(error) => Err(response.decode_error(format!("the body is not UTF-8 text: {error}"))),
        }
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl std::ops::Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a raw client gives: the data, and the reply's status and headers.
#[derive(Clone)]
pub struct HttpResponse<T> {
    /// The data, as the thin client gives it.
    pub data: T,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
}

impl<T> HttpResponse<T> {
    /// The status: a success, or another that the data's type [takes](FromResponse::takes) or `none_on` names.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The server's id of the request: the header `x-request-id` or one like it.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// How many attempts the call took; redirects are not counted.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The data alone.
    pub fn into_data(self) -> T {
        self.data
    }

    /// The same reply with the data mapped.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> HttpResponse<U> {
        HttpResponse {
            data: f(self.data),
            status: self.status,
            headers: self.headers,
            attempts: self.attempts,
        }
    }
}

impl<T: FromResponse> FromResponse for HttpResponse<T> {
    fn accept() -> &'static str {
        T::accept()
    }

    fn takes(status: StatusCode) -> bool {
        T::takes(status)
    }

    fn reading(status: StatusCode, headers: &HeaderMap) -> Reading {
        T::reading(status, headers)
    }

    fn from_response(response: Response) -> Result<Self, Error> {
        let (status, headers, attempts) =
            (response.status(), response.headers().clone(), response.0.attempts);
        Ok(Self { data: T::from_response(response)?, status, headers, attempts })
    }
}

/// Shows the names of the headers, not their values, which may hold cookies.
impl<T: fmt::Debug> fmt::Debug for HttpResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

/// The first of the headers that carry a request's id in common use.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    const NAMES: [&str; 7] = [
        "x-request-id",
        "request-id",
        "x-amzn-requestid",
        "x-amz-request-id",
        "x-ms-request-id",
        "x-github-request-id",
        "x-correlation-id",
    ];
    NAMES.iter().find_map(|name| headers.get(*name)?.to_str().ok()).filter(|id| !id.is_empty())
}
