//! Sending a call, or a request that is not declared in a trait.

use std::future::poll_fn;
use std::sync::Arc;

use super::mode::Thin;
use super::pending_call::PendingCall;
use crate::body::Body;
use crate::call::response_future::ResponseFuture;
use crate::call::{CallParts, call};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::observation::Caller;
use crate::request::{BuiltFrom, Request};
use crate::response::from_response::{ResponseRules, ResponseSpec};
use crate::response::{FromResponse, Response};
use crate::runtime::background;

/// Makes a call and blocks this thread until it finishes.
pub(super) fn wait<T>(parts: Box<CallParts>, spec: ResponseSpec<T>) -> Result<T, Error> {
    undecoded(parts, spec.rules)?.decoded(spec.decode)
}

#[inline(never)]
fn undecoded(parts: Box<CallParts>, rules: ResponseRules) -> Result<Response, Error> {
    let endpoint = parts.request.endpoint;
    let may_block = parts.client.shared.transport.may_block();
    let call = call(parts, rules);
    let Some(caller) = Caller::current() else {
        return background::finish(endpoint, may_block, call);
    };
    // The background runtime has threads of its own, without the caller's span.
    let mut call = Box::pin(call);
    let call = poll_fn(move |context| caller.run(|| call.as_mut().poll(context)));
    background::finish(endpoint, may_block, call)
}

impl Client {
    /// Sends a request with this client's authentication, timeouts, limits, retries and errors. The
    /// request is written by hand, or built by `.build()` of a call.
    ///
    /// The URL is absolute and within the base URL's origin, or a path that is joined to the base
    /// URL. An [`HttpResponse<T>`](crate::HttpResponse) as the result also has the status and the
    /// headers.
    ///
    /// - A request written by hand gets the client's headers and the `Accept` of `T`, except for
    ///   headers that it already has. Its method decides if it is idempotent (RFC 9110 section
    ///   9.2.2), and so when it is retried.
    /// - A request built from a call is sent unchanged, with the timeouts and limits of that call.
    ///   Its endpoint decides when it is retried.
    /// - Both get the credentials of a scheme ([`auth`](crate::ClientBuilder::auth)), unless they
    ///   have that header already. These are renewed if the server refuses them.
    ///
    /// Returns a [`Build`](crate::ErrorKind::Build) error if the URL is outside the base URL's
    /// origin, or if the request has the header `Content-Length` or `Transfer-Encoding`.
    ///
    /// ```
    /// use connectors_client::{Body, Client, Error, HttpResponse, Text};
    ///
    /// async fn robots(client: &Client) -> Result<(), Error> {
    ///     let request = http::Request::get("/robots.txt").body(Body::empty()).unwrap();
    ///     let response: HttpResponse<Text> = client.send(request).await?;
    ///     println!("{} {}", response.status(), response.data);
    ///     Ok(())
    /// }
    /// ```
    pub fn send<T: FromResponse>(
        &self,
        request: http::Request<impl Into<Body>>,
    ) -> ResponseFuture<T> {
        ResponseFuture::new(
            self.parts_of::<Thin>(request.map(Into::into)).parts,
            ResponseSpec::new(),
        )
    }

    /// Sends a request like [`send`](Self::send), and blocks this thread until the response
    /// arrives. It needs no Tokio runtime.
    pub fn send_blocking<T: FromResponse>(
        &self,
        request: http::Request<impl Into<Body>>,
    ) -> Result<T, Error> {
        wait(self.parts_of::<Thin>(request.map(Into::into)).parts, ResponseSpec::new())
    }

    fn parts_of<M>(&self, request: http::Request<Body>) -> PendingCall<M> {
        let declared = request.extensions().get::<&'static Endpoint>().copied();
        let endpoint = declared.unwrap_or_else(|| Endpoint::undeclared(request.method()));
        let built_from = request.extensions().get::<BuiltFrom>().cloned();
        let mut request = Request::from_built(endpoint, request);
        let mut client = self.clone();
        if let Some(BuiltFrom(options)) = built_from {
            request.options = Some(Box::new(options));
            // The built request already contains the headers, query and fields of the defaults.
            client.defaults =
                self.defaults.as_ref().map(|options| Arc::new(options.without_request_parts()));
        }
        PendingCall::new(CallParts { client, request })
    }
}
