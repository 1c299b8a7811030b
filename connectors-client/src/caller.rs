//! What generated clients and requests hold.

use std::fmt;
use std::marker::PhantomData;

use crate::body::Body;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::mode::{Mode, ThinMode};
use crate::options::RequestOptions;
use crate::pagination::{Items, Page, Pages};
use crate::polling::Polling;
use crate::request::Request;
use crate::response::FromResponse;

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
        Call::of(Prepared { client: self.client.clone(), request: Request::new(endpoint) })
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

impl Prepared {
    #[inline(never)]
    fn build(self, accept: &'static str) -> Result<http::Request<Body>, Error> {
        let Self { client, mut request } = self;
        let mut options = client.options(request.options.take());
        options.set_key(request.endpoint, None);
        request.assemble_kept(&client.shared, &options, accept)
    }
}

impl<M> Call<M> {
    pub(crate) fn of(prepared: Prepared) -> Self {
        Self { prepared: Box::new(prepared), mode: PhantomData }
    }

    /// The request as its first attempt would send it.
    pub fn build<T: FromResponse>(self) -> Result<http::Request<Body>, Error> {
        self.prepared.build(T::accept())
    }

    /// The pages of a list.
    pub fn pages<T>(self) -> Pages<T> {
        Pages::new(self.prepared)
    }

    /// The items of all its pages.
    pub fn items<T: Page>(self) -> Items<T> {
        Items::new(self.pages())
    }

    /// The operation, asked again and again.
    pub fn poll<T>(self) -> Polling<M, T> {
        Polling::new(self)
    }

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
