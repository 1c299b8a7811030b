//! What generated clients and requests hold.

use std::fmt;
use std::marker::PhantomData;

use super::api_request::ApiRequest;
use super::mode::Mode;
use crate::api_client::polling::Polling;
use crate::body::Body;
use crate::call::CallParts;
use crate::client::request_options::RequestOptions;
use crate::error::Error;
use crate::pagination::{Items, Page, Pages};
use crate::request::Request;
use crate::request::argument::{Argument, HeaderArgument};
use crate::request::into_body::{IntoBody, IntoBodyOf};
use crate::request::multipart::IntoParts;
use crate::response::FromResponse;

/// What a generated request holds: a call that is not made yet. It is one pointer wide, so that setters move little; each
/// takes the call and gives it back, so that generated code has nothing to clean up where one panics.
pub struct PendingCall<M> {
    pub(crate) prepared: Box<CallParts>,
    mode: PhantomData<fn() -> M>,
}

impl<M: Mode> PendingCall<M> {
    /// Makes the call.
    pub fn send<T: FromResponse>(self) -> M::Sent<T> {
        M::send::<T>(self)
    }

    /// Says what the reply is read into.
    pub fn reply<T: FromResponse>(self) -> ApiRequest<T, M> {
        ApiRequest::new(self)
    }
}

impl<M> PendingCall<M> {
    pub(crate) fn of(prepared: CallParts) -> Self {
        Self { prepared: Box::new(prepared), mode: PhantomData }
    }

    /// The request as its first attempt would send it.
    pub fn build<T: FromResponse>(self) -> Result<http::Request<Body>, Error> {
        self.build_for(T::accept())
    }

    pub(crate) fn build_for(self, accept: &'static str) -> Result<http::Request<Body>, Error> {
        self.prepared.build(accept)
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

    pub(crate) fn request(&mut self) -> &mut Request {
        &mut self.prepared.request
    }

    // What generated setters call. Nothing is inlined: it is compiled once per mode and type of argument,
    // not once per argument.

    /// Sets an argument of the path: one segment, or a part of one.
    #[inline(never)]
    pub fn path<T: Argument + ?Sized>(mut self, slot: usize, value: &T) -> Self {
        self.request().path(slot, value);
        self
    }

    /// Sets the last argument of the path: several segments.
    #[inline(never)]
    pub fn path_rest<T: Argument + ?Sized>(mut self, slot: usize, value: &T) -> Self {
        self.request().path_rest(slot, value);
        self
    }

    /// Sets an argument of the query.
    #[inline(never)]
    pub fn query<T: Argument + ?Sized>(mut self, slot: usize, value: &T) -> Self {
        self.request().query(slot, value);
        self
    }

    /// Sets a struct or map whose fields are arguments of the query.
    #[inline(never)]
    pub fn query_rest<T: Argument + ?Sized>(mut self, slot: usize, value: &T) -> Self {
        self.request().query_rest(slot, value);
        self
    }

    /// Sets a field of the JSON object.
    #[inline(never)]
    pub fn field<T: Argument + ?Sized>(mut self, slot: usize, value: &T) -> Self {
        self.request().field(slot, value);
        self
    }

    /// Sets a field of the form.
    #[inline(never)]
    pub fn form_field<T: Argument + ?Sized>(mut self, slot: usize, value: &T) -> Self {
        self.request().form_field(slot, value);
        self
    }

    /// Sets the whole body.
    #[inline(never)]
    pub fn body<T: IntoBody>(mut self, slot: usize, value: T) -> Self {
        self.request().body(slot, value);
        self
    }

    /// Sets the whole body, in the content type that the endpoint declares.
    #[inline(never)]
    pub fn body_of<const IS_JSON: bool, T: IntoBodyOf<IS_JSON>>(mut self, slot: usize, value: T) -> Self {
        self.request().body_of(slot, value);
        self
    }

    /// Sets the parts of a field of the multipart form.
    #[inline(never)]
    pub fn part<T: IntoParts>(mut self, slot: usize, value: T) -> Self {
        self.request().part(slot, value);
        self
    }

    /// Sets the URL in place of the template.
    #[inline(never)]
    pub fn url<T: Argument + ?Sized>(mut self, slot: usize, value: &T) -> Self {
        self.request().url(slot, value);
        self
    }

    /// Sets a header.
    #[inline(never)]
    pub fn header<T: HeaderArgument + ?Sized>(mut self, slot: usize, value: &T) -> Self {
        self.request().header(slot, value);
        self
    }

    /// Sets a field to an explicit null.
    #[inline(never)]
    pub fn null(mut self, slot: usize) -> Self {
        self.request().null(slot);
        self
    }

    /// Leaves an argument out again.
    #[inline(never)]
    pub fn unset(mut self, slot: usize) -> Self {
        self.request().unset(slot);
        self
    }

    /// Takes an argument of an endpoint with a mistake, which need not be what can be sent: the call is never made.
    pub fn never_sent<T>(self, _value: T) -> Self {
        self
    }

    /// Adds options over those already given.
    #[inline(never)]
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.request().options(options);
        self
    }
}

impl<M> Clone for PendingCall<M> {
    fn clone(&self) -> Self {
        Self { prepared: self.prepared.clone(), mode: PhantomData }
    }
}

impl<M> fmt::Debug for PendingCall<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.prepared.request.fmt(f)
    }
}
