//! The four ways to call an endpoint: thin or raw, async or blocking. They are a type parameter of what is generated,
//! and the four clients of a trait are aliases that set it.

use crate::blocking;
use crate::caller::Call;
use crate::error::Error;
use crate::response::{FromResponse, HttpResponse};
use crate::response_future::ResponseFuture;

/// A way to call: what a call gives, and whether it is awaited. One of [`Thin`], [`Raw`], [`BlockingThin`] and
/// [`BlockingRaw`].
pub trait Mode: sealed::Sealed + Sized + 'static {
    /// What is read of a reply: the data, or the data in an [`HttpResponse`].
    type Output<T>;
    /// What `.send()` gives: a [`ResponseFuture`], or the result itself.
    type Sent<T>;

    #[doc(hidden)]
    fn send<T: FromResponse>(call: Call<Self>) -> Self::Sent<T>;
}

/// A mode whose calls are awaited.
pub trait AsyncMode: Mode {
    #[doc(hidden)]
    fn future<T>(sent: Self::Sent<T>) -> ResponseFuture<Self::Output<T>>;
}

/// A mode that gives the data alone.
pub trait ThinMode: Mode {
    /// The same with status and headers.
    type Raw: Mode;
}

/// Async, the data alone.
#[derive(Clone, Copy, Debug)]
pub enum Thin {}

/// Async, the data in an [`HttpResponse`].
#[derive(Clone, Copy, Debug)]
pub enum Raw {}

/// Blocking, the data alone.
#[derive(Clone, Copy, Debug)]
pub enum BlockingThin {}

/// Blocking, the data in an [`HttpResponse`].
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

    fn send<T: FromResponse>(call: Call<Self>) -> ResponseFuture<T> {
        ResponseFuture::new(call)
    }
}

impl Mode for Raw {
    type Output<T> = HttpResponse<T>;
    type Sent<T> = ResponseFuture<HttpResponse<T>>;

    fn send<T: FromResponse>(call: Call<Self>) -> ResponseFuture<HttpResponse<T>> {
        ResponseFuture::new(call)
    }
}

impl Mode for BlockingThin {
    type Output<T> = T;
    type Sent<T> = Result<T, Error>;

    fn send<T: FromResponse>(call: Call<Self>) -> Result<T, Error> {
        blocking::send(call)
    }
}

impl Mode for BlockingRaw {
    type Output<T> = HttpResponse<T>;
    type Sent<T> = Result<HttpResponse<T>, Error>;

    fn send<T: FromResponse>(call: Call<Self>) -> Result<HttpResponse<T>, Error> {
        blocking::send(call)
    }
}

impl AsyncMode for Thin {
    fn future<T>(sent: ResponseFuture<T>) -> ResponseFuture<T> {
        sent
    }
}

impl AsyncMode for Raw {
    fn future<T>(sent: ResponseFuture<HttpResponse<T>>) -> ResponseFuture<HttpResponse<T>> {
        sent
    }
}

impl ThinMode for Thin {
    type Raw = Raw;
}

impl ThinMode for BlockingThin {
    type Raw = BlockingRaw;
}
