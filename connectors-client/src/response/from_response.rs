//! How a return type reads a response.

use std::fmt;
use std::marker::PhantomData;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{HttpResponse, Response, decode};
use crate::error::Error;

/// A type that an endpoint can return.
///
/// Any [`DeserializeOwned`] type reads the body as JSON, with these exceptions: `()` ignores the
/// body, [`Bytes`](bytes::Bytes) is the raw body, and `Option` and maps read an empty body as
/// `None` or an empty map. So does a struct with `#[serde(flatten)]`, which reads as a map.
/// [`Text`](crate::Text) reads text. A `String` is a JSON string, also in `text/plain`, since servers
/// send JSON under that name: read as text it would keep its quotes. If the body is not JSON, the
/// error names `Text`. [Derive](macro@crate::FromResponse) it for more than one
/// success status and for headers beside the data. Implement it for a format of your own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a response",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it, or for the items of a stream, to read JSON; or return `()`, `bytes::Bytes` or `connectors_client::Text`"
)]
pub trait FromResponse: Sized {
    /// True if the type cannot be read from a response without a body, as that to a HEAD. An
    /// endpoint that returns it then fails to compile. The default is false.
    const NEEDS_BODY: bool = false;

    /// True if an endpoint with this type cannot have a `failed(..)` of its own, since no response
    /// is looked into.
    #[doc(hidden)]
    const IS_OPAQUE: bool = false;

    /// Returns the `Accept` header of the request.
    fn accept() -> &'static str;

    /// Returns true for the statuses that [`from_response`](Self::from_response) reads. Any other
    /// status is the call's error, and the call may be retried. The default accepts every success.
    fn accepts_status(status: StatusCode) -> bool {
        status.is_success()
    }

    /// Returns how the body of an accepted response is read. The default is
    /// [`Buffered`](BodyMode::Buffered).
    ///
    /// A type around a stream forwards both functions to the stream: `ByteStream::body_mode(..)`
    /// here, and `ByteStream::from_response(..)` below.
    fn body_mode(_status: StatusCode, _headers: &HeaderMap) -> BodyMode {
        BodyMode::Buffered
    }

    /// Reads the response.
    fn from_response(response: Response) -> Result<Self, Error>;
}

/// The way a response body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyMode {
    /// The whole body is read before it is decoded.
    Buffered,
    /// The body is read while it arrives, by a stream type such as
    /// [`ByteStream`](crate::ByteStream).
    Streaming,
    /// The body is read as an error, because the media type is not this one.
    Unexpected(&'static str),
}

/// The functions of [`FromResponse`] for a return type.
pub struct ResponseSpec<T> {
    pub(crate) rules: ResponseRules,
    pub(crate) decode: fn(Response) -> Result<T, Error>,
}

/// The parts of [`FromResponse`] that the call loop needs. It knows no return type.
#[derive(Clone, Copy)]
pub(crate) struct ResponseRules {
    pub(crate) accept: &'static str,
    pub(crate) accepts_status: fn(StatusCode) -> bool,
    pub(crate) body_mode: fn(StatusCode, &HeaderMap) -> BodyMode,
}

// Not derived, which would ask the same of `T`.
impl<T> Clone for ResponseSpec<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ResponseSpec<T> {}

impl<T: FromResponse> ResponseSpec<T> {
    pub(crate) fn new() -> Self {
        Self { rules: ResponseRules::new::<T>(), decode: T::from_response }
    }
}

impl ResponseRules {
    pub(crate) fn new<T: FromResponse>() -> Self {
        Self { accept: T::accept(), accepts_status: T::accepts_status, body_mode: T::body_mode }
    }

    /// Reads each body in this way.
    pub(crate) fn reading(self, body_mode: fn(StatusCode, &HeaderMap) -> BodyMode) -> Self {
        Self { body_mode, ..self }
    }

    /// Returns true if the type reads a response while it arrives, unless its headers say otherwise.
    pub(crate) fn streams(&self) -> bool {
        matches!((self.body_mode)(StatusCode::OK, &HeaderMap::new()), BodyMode::Streaming)
    }
}

/// Shows nothing: it holds functions only.
impl<T> fmt::Debug for ResponseSpec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseSpec(..)")
    }
}

impl<T: DeserializeOwned> FromResponse for T {
    // A type with content, unlike `()`, has to read it.
    const NEEDS_BODY: bool = size_of::<T>() != 0;

    fn accept() -> &'static str {
        decode::accept::<T>()
    }

    fn from_response(response: Response) -> Result<Self, Error> {
        decode::read(response)
    }
}

/// Checks the return type of a HEAD endpoint.
#[doc(hidden)]
pub const fn check_head<T: FromResponse>() {
    assert!(
        !T::NEEDS_BODY,
        "a response to HEAD has no body: return nothing, `Option<()>` with `none_on`, or a type that derives `FromResponse` with headers"
    );
}

/// Checks the return type of an endpoint with a `failed(..)` of its own.
#[doc(hidden)]
pub const fn check_failed<T: FromResponse>() {
    assert!(
        !T::IS_OPAQUE,
        "the content of a `ByteStream` is not looked into, so nothing in it is `failed`: remove the option, or return `Bytes`"
    );
}

/// Checks the body of a variant whose statuses have none (RFC 9110 sections 15.3.5, 15.3.6 and
/// 15.4.5).
#[doc(hidden)]
pub const fn check_bodiless<T: FromResponse>() {
    assert!(
        !T::NEEDS_BODY,
        "a 204, 205 or 304 has no body: write the variant without this field, or with `#[header(\"ETag\")]` on it"
    );
}

/// A return type that can be `None`, which `none_on` needs.
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

/// A probe for return types that tell by a status if something exists. `Option<()>` does, by any
/// name, so it has a check of its own in place of that of [`AnyType`].
#[doc(hidden)]
#[derive(Debug)]
pub struct Existence<T>(PhantomData<fn() -> T>);

impl<T> Existence<T> {
    pub const PROBE: Self = Self(PhantomData);
}

/// Stands for the missing option `none_on`.
#[doc(hidden)]
#[derive(Debug)]
pub struct NoStatus;

/// The check of all other return types, which passes.
#[doc(hidden)]
pub trait AnyType: Sized {
    fn check(self, _: NoStatus) {}
}

impl<T> AnyType for Existence<T> {}

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`Option<()>` tells if something exists by a status: add `none_on = 404`, or return nothing",
    label = "no status says that it is `None`"
)]
pub trait SaysNone {}

impl Existence<Option<()>> {
    pub fn check<S: SaysNone>(self, _: S) {}
}

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`Option<()>` tells if something exists by a status: return it without `HttpResponse`, with `none_on = 404`",
    label = "no status says that it is `None`",
    note = "the raw client returns the status and the headers beside it"
)]
pub trait SaysNoneInResponse {}

impl Existence<HttpResponse<Option<()>>> {
    pub fn check<S: SaysNoneInResponse>(self, _: S) {}
}

/// A return type that is a stream of items, which the options about items need.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`done` and `on_invalid_item` are about the items of a stream, and `{Self}` has none",
    label = "write `EventStream<T>`, `JsonLines<T>` or `JsonArray<T>`"
)]
pub trait HasItems {}

/// Checks the return type of an endpoint with options about items.
#[doc(hidden)]
pub fn check_items<T: HasItems>() {}

/// A stream that can be reconnected.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`resume` is about server-sent events, whose ids say where to go on, and `{Self}` has none",
    label = "write `EventStream<T>`"
)]
pub trait CanResume {}

/// Checks the return type of an endpoint with `resume`.
#[doc(hidden)]
pub fn check_resume<T: CanResume>() {}
