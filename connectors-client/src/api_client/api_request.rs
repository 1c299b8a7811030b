//! The request of an endpoint without optional arguments. All such endpoints share one type, which
//! saves compile time.

use std::fmt;
use std::future::IntoFuture;

use crate::api_client::mode::{AsyncMode, Mode, Thin};
use crate::api_client::pending_call::PendingCall;
use crate::body::Body;
use crate::call::response_future::ResponseFuture;
use crate::client::request_options::RequestOptions;
use crate::error::Error;
use crate::response::FromResponse;
use crate::response::from_response::ResponseSpec;

/// A request of an endpoint without optional arguments. Await it, or call [`send`](Self::send).
///
/// An endpoint with optional arguments has its own request type, with the same methods and a setter
/// per argument. Requests are named after the trait and the endpoint: `ConnectorsGetRequest` for
/// `Connectors::get`. Without optional arguments, that name is an alias of this type.
#[must_use = "a call is made only when it is awaited or sent"]
pub struct ApiRequest<T, M: Mode = Thin> {
    call: PendingCall<M>,
    // A function pointer, created at the endpoint's return type, so that rustc reports a type that
    // cannot be decoded there, once.
    spec: fn() -> ResponseSpec<M::Output<T>>,
}

impl<T, M: Mode> ApiRequest<T, M> {
    pub(crate) fn new(call: PendingCall<M>) -> Self
    where
        T: FromResponse,
    {
        Self { call, spec: M::spec::<T> }
    }

    /// Makes the call. An async request returns its future, a blocking one its result.
    pub fn send(self) -> M::Sent<T> {
        M::send(self.call, (self.spec)())
    }

    /// Sets options of this call. They merge with earlier options, and override them.
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.call = self.call.options(options);
        self
    }

    /// Builds the request that `send` would send first, without sending it. It contains the
    /// client's fixed secrets, but no credentials that a scheme sets: `Client::send` adds those.
    /// Returns a `Build` error if an argument or option cannot be sent.
    pub fn build(self) -> Result<http::Request<Body>, Error> {
        self.call.build_for((self.spec)().rules.accept)
    }
}

impl<T, M: AsyncMode> IntoFuture for ApiRequest<T, M> {
    type Output = Result<M::Output<T>, Error>;
    type IntoFuture = ResponseFuture<M::Output<T>>;

    fn into_future(self) -> Self::IntoFuture {
        M::future::<T>(self.send())
    }
}

impl<T, M: Mode> Clone for ApiRequest<T, M> {
    fn clone(&self) -> Self {
        Self { call: self.call.clone(), spec: self.spec }
    }
}

impl<T, M: Mode> fmt::Debug for ApiRequest<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}
