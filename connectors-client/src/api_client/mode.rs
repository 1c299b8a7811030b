//! The four modes of calls: thin or raw, async or blocking. A mode is a type parameter of the
//! generated client and requests. The four clients of a trait are aliases that set it.

use super::pending_call::PendingCall;
use super::send;
use crate::api_client::polling::{Polling, PollingFuture};
use crate::call::response_future::ResponseFuture;
use crate::error::Error;
use crate::response::from_response::ResponseSpec;
use crate::response::{FromResponse, HttpResponse};

/// The mode of a call, which decides what the call returns and if it is async: [`Thin`], [`Raw`],
/// [`BlockingThin`] or [`BlockingRaw`]. The trait is sealed.
pub trait Mode: sealed::Sealed + Sized + 'static {
    /// The type a response is decoded to: the data, or the data in an [`HttpResponse`].
    type Output<T>;
    /// The return type of `.send()`: a [`ResponseFuture`], or the result itself.
    type Sent<T>;

    /// The return type of polling an operation: a [`PollingFuture`], or the result itself.
    type Polled<T>;

    #[doc(hidden)]
    fn spec<T: FromResponse>() -> ResponseSpec<Self::Output<T>>;

    #[doc(hidden)]
    fn send<T>(call: PendingCall<Self>, spec: ResponseSpec<Self::Output<T>>) -> Self::Sent<T>;

    #[doc(hidden)]
    fn poll<T: FromResponse + Send + 'static>(polling: Polling<Self, T>) -> Self::Polled<T>;
}

/// A mode whose calls are async.
// A bound over all `T`, such as `Sent<T> = ResponseFuture<..>`, cannot be written in Rust. So the
// functions below convert an associated type to the future that it is.
pub trait AsyncMode: Mode {
    #[doc(hidden)]
    fn future<T>(sent: Self::Sent<T>) -> ResponseFuture<Self::Output<T>>;

    #[doc(hidden)]
    fn polling<T>(polled: Self::Polled<T>) -> PollingFuture<Self::Output<T>>;
}

/// A mode whose calls return the data alone.
pub trait ThinMode: Mode {
    /// The mode that also returns status and headers.
    type Raw: Mode;
}

/// Async calls that return the data alone.
#[derive(Clone, Copy, Debug)]
pub enum Thin {}

/// Async calls that return the data in an [`HttpResponse`].
#[derive(Clone, Copy, Debug)]
pub enum Raw {}

/// Blocking calls that return the data alone.
#[derive(Clone, Copy, Debug)]
pub enum BlockingThin {}

/// Blocking calls that return the data in an [`HttpResponse`].
#[derive(Clone, Copy, Debug)]
pub enum BlockingRaw {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Thin {}
    impl Sealed for super::Raw {}
    impl Sealed for super::BlockingThin {}
    impl Sealed for super::BlockingRaw {}
}

impl Mode for Thin {
    type Output<T> = T;
    type Sent<T> = ResponseFuture<T>;
    type Polled<T> = PollingFuture<T>;

    fn spec<T: FromResponse>() -> ResponseSpec<T> {
        ResponseSpec::new()
    }

    fn send<T>(call: PendingCall<Self>, spec: ResponseSpec<T>) -> ResponseFuture<T> {
        ResponseFuture::new(call.parts, spec)
    }

    fn poll<T: FromResponse + Send + 'static>(polling: Polling<Self, T>) -> PollingFuture<T> {
        polling.future(HttpResponse::into_data)
    }
}

impl Mode for Raw {
    type Output<T> = HttpResponse<T>;
    type Sent<T> = ResponseFuture<HttpResponse<T>>;
    type Polled<T> = PollingFuture<HttpResponse<T>>;

    fn spec<T: FromResponse>() -> ResponseSpec<HttpResponse<T>> {
        ResponseSpec::new()
    }

    fn send<T>(
        call: PendingCall<Self>,
        spec: ResponseSpec<HttpResponse<T>>,
    ) -> ResponseFuture<HttpResponse<T>> {
        ResponseFuture::new(call.parts, spec)
    }

    fn poll<T: FromResponse + Send + 'static>(
        polling: Polling<Self, T>,
    ) -> PollingFuture<HttpResponse<T>> {
        polling.future(std::convert::identity)
    }
}

impl Mode for BlockingThin {
    type Output<T> = T;
    type Sent<T> = Result<T, Error>;
    type Polled<T> = Result<T, Error>;

    fn spec<T: FromResponse>() -> ResponseSpec<T> {
        ResponseSpec::new()
    }

    fn send<T>(call: PendingCall<Self>, spec: ResponseSpec<T>) -> Result<T, Error> {
        send::wait(call.parts, spec)
    }

    fn poll<T: FromResponse + Send + 'static>(polling: Polling<Self, T>) -> Result<T, Error> {
        polling.wait().map(HttpResponse::into_data)
    }
}

impl Mode for BlockingRaw {
    type Output<T> = HttpResponse<T>;
    type Sent<T> = Result<HttpResponse<T>, Error>;
    type Polled<T> = Result<HttpResponse<T>, Error>;

    fn spec<T: FromResponse>() -> ResponseSpec<HttpResponse<T>> {
        ResponseSpec::new()
    }

    fn send<T>(
        call: PendingCall<Self>,
        spec: ResponseSpec<HttpResponse<T>>,
    ) -> Result<HttpResponse<T>, Error> {
        send::wait(call.parts, spec)
    }

    fn poll<T: FromResponse + Send + 'static>(
        polling: Polling<Self, T>,
    ) -> Result<HttpResponse<T>, Error> {
        polling.wait()
    }
}

impl AsyncMode for Thin {
    fn future<T>(sent: ResponseFuture<T>) -> ResponseFuture<T> {
        sent
    }

    fn polling<T>(polled: PollingFuture<T>) -> PollingFuture<T> {
        polled
    }
}

impl AsyncMode for Raw {
    fn future<T>(sent: ResponseFuture<HttpResponse<T>>) -> ResponseFuture<HttpResponse<T>> {
        sent
    }

    fn polling<T>(polled: PollingFuture<HttpResponse<T>>) -> PollingFuture<HttpResponse<T>> {
        polled
    }
}

impl ThinMode for Thin {
    type Raw = Raw;
}

impl ThinMode for BlockingThin {
    type Raw = BlockingRaw;
}
