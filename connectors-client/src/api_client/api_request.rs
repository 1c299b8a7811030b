//! The request of an endpoint that has nothing to set: one type for all of them, so that such an endpoint costs its user
//! no type of its own to compile.

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

/// A call of an endpoint that has nothing to set: await it, or `.send()` it.
///
/// Endpoints with optional arguments have requests of their own, with the same methods and a setter for each. A trait's
/// requests are known by their names, `ConnectorsGetRequest` for `Connectors::get`; where there is nothing to set such a name
/// is an alias of this type.
#[must_use = "a call is made only when it is awaited or sent"]
pub struct ApiRequest<T, M: Mode = Thin> {
    call: PendingCall<M>,
    // A function, found where the endpoint's type is written: a type that cannot be read is reported there, once.
    spec: fn() -> ResponseSpec<M::Output<T>>,
}

impl<T, M: Mode> ApiRequest<T, M> {
    pub(crate) fn new(call: PendingCall<M>) -> Self
    where
        T: FromResponse,
    {
        Self { call, spec: M::spec::<T> }
    }

    /// Makes the call: an async one gives its future, a blocking one its result.
    pub fn send(self) -> M::Sent<T> {
        M::send(self.call, (self.spec)())
    }

    /// Sets options of this call; they merge with those already set.
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.call = self.call.options(options);
        self
    }

    /// Gives the request that `send` would send first, without sending it. It holds the client's secrets.
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
