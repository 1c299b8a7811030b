//! The four ways to call an endpoint: thin or raw, async or blocking. They are a type parameter of what is generated.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::blocking;
use crate::call::call;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::options::RequestOptions;
use crate::request::Request;
use crate::response::{FromResponse, HttpResponse, Response};

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

/// What a generated client holds: the client, and the mode of its calls.
pub struct Caller<M> {
    client: Client,
    mode: PhantomData<fn() -> M>,
}

impl<M: Mode> Caller<M> {
    /// Calls over this client.
    pub fn new(client: Client) -> Self {
        Self { client, mode: PhantomData }
    }

    /// The same with other defaults.
    pub fn with_options(&self, options: RequestOptions) -> Self {
        Self::new(self.client.with_options(options))
    }

    /// Starts a call.
    // Not inlined: it is the same for all endpoints.
    #[inline(never)]
    pub fn call(&self, endpoint: &'static Endpoint) -> Call<M> {
        let prepared = Prepared { client: self.client.clone(), request: Request::new(endpoint) };
        Call { prepared: Box::new(prepared), mode: PhantomData }
    }
}

impl<M: ThinMode> Caller<M> {
    /// The same with status and headers.
    pub fn raw(&self) -> Caller<M::Raw> {
        Caller::new(self.client.clone())
    }
}

impl<M> Clone for Caller<M> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), mode: PhantomData }
    }
}

impl<M> fmt::Debug for Caller<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}

/// What a generated request holds: a call that is not made yet. It is one pointer wide, so that setters move little.
pub struct Call<M> {
    pub(crate) prepared: Box<Prepared>,
    mode: PhantomData<fn() -> M>,
}

/// A client and the arguments of a call of it.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) request: Request,
}

impl<M> Call<M> {
    /// The arguments.
    pub fn request(&mut self) -> &mut Request {
        &mut self.prepared.request
    }
}

impl<M> Clone for Call<M> {
    fn clone(&self) -> Self {
        Self { prepared: self.prepared.clone(), mode: PhantomData }
    }
}

impl<M> fmt::Debug for Call<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.prepared.request.fmt(f)
    }
}

/// The future of a call, `Send` and `'static`: what `.send()` of an async client gives.
///
/// Dropping it cancels the call; what was sent by then may have been executed.
#[must_use = "a call is made only when its future is awaited"]
pub struct ResponseFuture<T> {
    reply: Reply,
    decode: fn(Response) -> Result<T, Error>,
}

type Reply = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

#[inline(never)]
fn start(prepared: Box<Prepared>, accept: &'static str) -> Reply {
    Box::pin(call(prepared, accept))
}

impl<T: FromResponse> ResponseFuture<T> {
    fn new<M>(call: Call<M>) -> Self {
        Self { reply: start(call.prepared, T::accept()), decode: T::from_response }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = ready!(self.reply.as_mut().poll(context));
        Poll::Ready(reply.and_then(self.decode))
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture(..)")
    }
}
