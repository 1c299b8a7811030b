//! Sending a call, and a request that no endpoint declares.

use std::sync::Arc;

use super::mode::Thin;
use super::pending_call::PendingCall;
use crate::body::Body;
use crate::call::response_future::ResponseFuture;
use crate::call::{CallParts, call};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::request::{BuiltFrom, Request};
use crate::response::from_response::{ResponseRules, ResponseSpec};
use crate::response::{FromResponse, Response};
use crate::runtime::background;

/// Makes a call, and waits for it on this thread.
pub(super) fn wait<T>(parts: Box<CallParts>, spec: ResponseSpec<T>) -> Result<T, Error> {
    (spec.decode)(undecoded(parts, spec.rules)?)
}

#[inline(never)]
fn undecoded(parts: Box<CallParts>, rules: ResponseRules) -> Result<Response, Error> {
    let endpoint = parts.request.endpoint;
    background::finish(endpoint, call(parts, rules))
}

impl Client {
    /// Sends a request that no endpoint declares, or one that `.build()` of a call gave: with this client's
    /// authentication, limits, retries and errors.
    ///
    /// Its URL is absolute and within the base URL's origin, or a path that is joined to the base URL. To one written by
    /// hand the client's headers are added where it has none of that name, and the `Accept` of `T`; one that was built
    /// from a call is sent as it is, within the limits of that call. With [`HttpResponse<T>`](crate::HttpResponse) the
    /// result has status and headers too. It is repeated as its verb allows or, where it was built from a call, as its
    /// endpoint says. A URL that leads elsewhere, `Content-Length` and `Transfer-Encoding` are
    /// [`Build`](crate::ErrorKind::Build) errors.
    ///
    /// ```
    /// use connectors_client::{Body, Client, Error, HttpResponse, Text};
    ///
    /// async fn robots(client: &Client) -> Result<(), Error> {
    ///     let request = http::Request::get("/robots.txt").body(Body::empty()).unwrap();
    ///     let reply: HttpResponse<Text> = client.send(request).await?;
    ///     println!("{} {}", reply.status(), reply.data);
    ///     Ok(())
    /// }
    /// ```
    pub fn send<T: FromResponse>(&self, request: http::Request<impl Into<Body>>) -> ResponseFuture<T> {
        ResponseFuture::new(self.parts_of::<Thin>(request.map(Into::into)).parts, ResponseSpec::new())
    }

    /// The same, waiting for the reply on this thread.
    pub fn send_blocking<T: FromResponse>(
        &self,
        request: http::Request<impl Into<Body>>,
    ) -> Result<T, Error> {
        wait(self.parts_of::<Thin>(request.map(Into::into)).parts, ResponseSpec::new())
    }

    fn parts_of<M>(&self, request: http::Request<Body>) -> PendingCall<M> {
        let declared = request.extensions().get::<&'static Endpoint>().copied();
        let endpoint = declared.unwrap_or_else(|| Endpoint::undeclared(request.method()));
        let limits = request.extensions().get::<BuiltFrom>().cloned();
        let mut request = Request::of_built(endpoint, request);
        let mut client = self.clone();
        if let Some(BuiltFrom(options)) = limits {
            request.options = Some(Box::new(options));
            // A call has its view's headers, query and fields already.
            client.defaults = self.defaults.as_ref().map(|view| Arc::new(view.without_request_parts()));
        }
        PendingCall::of(CallParts { client, request })
    }
}
