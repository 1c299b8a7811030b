//! One request on its way, and the redirects that it meets.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::header::LOCATION;
use http::{Method, StatusCode, Uri};

use super::CallLoop;
use crate::body::Body;
use crate::client::base_url;
use crate::error::{Error, TransportError};
use crate::transport::layer::SendState;
use crate::transport::{Attempt, TransportFuture, probe};
use NotFollowed::{OtherMethod, SpentBody, TooManyHops};

/// Maximum number of redirects of one attempt.
pub(super) const MAX_REDIRECTS: u32 = 10;

/// The reason why a redirect within the origin is not followed.
#[derive(Clone, Copy)]
pub(super) enum NotFollowed {
    TooManyHops,
    OtherMethod,
    SpentBody,
}

/// A redirect that is followed.
pub(super) struct Redirect {
    target: Uri,
    /// Number of redirects up to this one.
    pub(super) hop: u32,
}

impl Redirect {
    /// Leads a request to the target.
    pub(super) fn apply(&self, request: &mut http::Request<Body>) {
        *request.uri_mut() = self.target.clone();
        if let Some(attempt) = request.extensions_mut().get_mut::<Attempt>() {
            *attempt = attempt.with_hop(self.hop);
        }
    }
}

type Exchanged = Result<http::Response<Body>, Error>;

/// Sends a request and returns its response. Redirects of GET and HEAD are followed within the base
/// URL's origin.
pub(super) struct Exchange<'a> {
    call: &'a CallLoop,
    sending: TransportFuture<'a>,
    may_follow: bool,
    /// Watches how often layers send the request.
    pub(super) state: Option<Arc<SendState>>,
    /// Set after a redirect.
    following: Option<Pin<Box<dyn Future<Output = Exchanged> + Send + 'a>>>,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(
        call: &'a CallLoop,
        request: http::Request<Body>,
        state: Option<Arc<SendState>>,
    ) -> Self {
        Self {
            call,
            may_follow: matches!(*request.method(), Method::GET | Method::HEAD),
            sending: call.send(request),
            state,
            following: None,
        }
    }
}

impl Future for Exchange<'_> {
    type Output = Exchanged;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Exchanged> {
        let Self { call, sending, may_follow, state, following } = &mut *self;
        if following.is_none() {
            let response = ready!(call.observed.in_span(|| sending.as_mut().poll(context)));
            let response = call.arrived(response, state.as_deref())?;
            if !call.redirects(response.status()) {
                return Poll::Ready(Ok(response));
            }
            *following = Some(Box::pin(call.follow(response, *may_follow)));
        }
        match following {
            Some(following) => probe::counting_as_sent(|| following.as_mut().poll(context)),
            None => Poll::Pending,
        }
    }
}

impl CallLoop {
    /// Returns true if the status redirects, and the return type does not accept it as a result.
    fn redirects(&self, status: StatusCode) -> bool {
        is_redirect(status) && !(self.rules.accepts_status)(status)
    }

    /// Follows a redirect, and those that it leads to.
    async fn follow(&self, mut response: http::Response<Body>, may_follow: bool) -> Exchanged {
        let mut hops = 0;
        // Built again, because few calls are redirected.
        let from = self.parts.request.requested_uri(self.shared(), &self.options);
        let mut from = from.map_err(|mistake| Error::build(Some(self.endpoint), mistake))?;
        while self.redirects(response.status()) {
            if !may_follow || hops == MAX_REDIRECTS {
                let reason = if may_follow { TooManyHops } else { OtherMethod };
                response.extensions_mut().insert(reason);
                break;
            }
            let location = response.headers().get(LOCATION).map(base_url::header_text);
            let target = location.and_then(|to| self.shared().base.redirected(&from, &to));
            let Some(target) = target else { break };
            if self.parts.request.is_spent() {
                response.extensions_mut().insert(SpentBody);
                break;
            }
            from = target.clone();
            hops += 1;
            self.observed.redirected();
            let redirect = Redirect { target, hop: hops };
            let mut redirected = self.assemble(Some(&redirect))?;
            if self.has_scheme() {
                redirected = self.authenticated(redirected, Some(&redirect)).await?;
            }
            if self.shared().limits.is_some() {
                self.take_turn().await?;
            }
            self.observe(&mut redirected, Some(&redirect))?;
            let mut sending = self.send(redirected);
            // Requests that follow a redirect are always idempotent.
            let sending =
                poll_fn(|context| self.observed.in_span(|| sending.as_mut().poll(context)));
            response = self.arrived(sending.await, None)?;
        }
        Ok(response)
    }

    /// Sends a request in its span.
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        // A closure would copy the request once more in each call, also without a span.
        if self.observed.is_on() {
            self.observed.in_span(|| self.shared().transport.send(request))
        } else {
            self.shared().transport.send(request)
        }
    }

    /// Returns the response of a request, or the error if there is none.
    fn arrived(
        &self,
        response: Result<http::Response<Body>, TransportError>,
        state: Option<&SendState>,
    ) -> Exchanged {
        if let Ok(response) = &response {
            self.observed.head(response);
        }
        response.map_err(|error| self.unsuccessful(error, state))
    }

    /// Returns the error of a request without a response.
    #[cold]
    fn unsuccessful(&self, error: TransportError, state: Option<&SendState>) -> Error {
        let error = match state {
            Some(state) => state.corrected(error),
            None => error,
        };
        Error::transport(self.endpoint, error)
    }
}

/// Returns true if the status redirects to another URL (RFC 9110 section 15.4).
pub(super) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
