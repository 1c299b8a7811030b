//! How a return type reads a response.

use std::fmt;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{Response, decode};
use crate::error::Error;

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
    fn accepts_status(status: StatusCode) -> bool {
        status.is_success()
    }

    /// How the body of a reply that is taken is read.
    #[doc(hidden)]
    fn body_mode(_status: StatusCode, _headers: &HeaderMap) -> BodyMode {
        BodyMode::Buffered
    }

    /// Reads the reply.
    fn from_response(response: Response) -> Result<Self, Error>;
}

/// How a body is read.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyMode {
    /// All of it, before the reply is handed on.
    Buffered,
    /// While it arrives.
    Streaming,
    /// As an error, since it is not what this says.
    Unexpected(&'static str),
}

/// How a return type reads its response: the functions of [`FromResponse`].
pub struct ResponseSpec<T> {
    pub(crate) rules: ResponseRules,
    pub(crate) decode: fn(Response) -> Result<T, Error>,
}

/// The parts of [`FromResponse`] that the call loop needs, which knows no return type.
#[derive(Clone, Copy)]
pub(crate) struct ResponseRules {
    pub(crate) accept: &'static str,
    pub(crate) accepts_status: fn(StatusCode) -> bool,
    pub(crate) body_mode: fn(StatusCode, &HeaderMap) -> BodyMode,
}

impl<T: FromResponse> ResponseSpec<T> {
    pub(crate) fn new() -> Self {
        Self { rules: ResponseRules::new::<T>(), decode: T::from_response }
    }
}

impl ResponseRules {
    pub(crate) fn new<T: FromResponse>() -> Self {
        Self { accept: T::accept(), accepts_status: T::accepts_status, body_mode: T::body_mode }
    }
}

/// Shows nothing: it holds functions only.
impl<T> fmt::Debug for ResponseSpec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseSpec(..)")
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

/// Checks the return type of an endpoint with `resume`.
#[doc(hidden)]
pub fn check_resume<T: CanResume>() {}
