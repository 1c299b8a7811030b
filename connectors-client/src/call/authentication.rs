//! Credentials that a scheme sets per request, and their renewal after the server has refused them.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;

use http::{HeaderMap, HeaderName};

use super::CallLoop;
use super::exchange::Redirect;
use crate::body::Body;
use crate::client::authenticate::{AuthError, AuthFuture, AuthRequest, Authenticate, Refused};
use crate::endpoint::AuthChoice;
use crate::error::{Error, ErrorKind};
use crate::retry::clock::within;
use crate::runtime::background::isolate;

impl CallLoop {
    /// Returns true if a scheme may set credentials. The client's fixed headers are no scheme.
    pub(super) fn has_scheme(&self) -> bool {
        match self.endpoint.options.auth {
            AuthChoice::Default => {
                let schemes = self.shared().schemes.as_ref();
                schemes.is_some_and(|schemes| schemes.default.is_some())
            }
            AuthChoice::None => false,
            AuthChoice::Scheme(_) => true,
        }
    }

    /// Returns the scheme of this call. Nothing of the client goes to another origin.
    fn scheme(&self) -> Result<Option<Arc<dyn Authenticate>>, Error> {
        let schemes = self.shared().schemes.as_ref();
        let AuthChoice::Scheme(name) = self.endpoint.options.auth else {
            let default = schemes.and_then(|schemes| schemes.default.clone());
            return Ok(default.filter(|_| self.has_scheme() && !self.is_elsewhere()));
        };
        match schemes.and_then(|schemes| schemes.named(name)) {
            Some(scheme) => Ok(Some(Arc::clone(scheme)).filter(|_| !self.is_elsewhere())),
            None => Err(Error::build(Some(self.endpoint), unknown_scheme(name))),
        }
    }

    pub(super) fn is_elsewhere(&self) -> bool {
        self.parts.request.is_elsewhere(self.shared())
    }

    /// Returns the request with its credentials, within the timeouts of the attempt and the call.
    pub(super) async fn authenticated_in_time(
        &mut self,
        request: http::Request<Body>,
    ) -> Result<http::Request<Body>, Error> {
        if !self.has_scheme() {
            return Ok(request);
        }
        self.parts.request.credentials.get_or_init(Arc::default);
        let timeout = self.attempt_timeout();
        let timer = pin!(self.shared().clock.limit(timeout.left));
        match within(timer, pin!(self.authenticated(request, None))).await {
            Some(request) => request,
            None => Err(self.expired(&timeout, "there were no credentials").not_sent()),
        }
    }

    /// Renews the credentials that the server has refused, at most once per call. Returns the
    /// refusal as `Ok` if the call is to be sent once more.
    pub(super) async fn renew(&mut self, refusal: Error) -> Result<Error, Error> {
        match self.renewed(&refusal).await {
            Ok(true) if self.parts.request.is_spent() => {
                Err(refusal.not_retried("the request body is a stream, which is sent only once"))
            }
            Ok(true) => {
                self.replayed = true;
                self.executed |= refusal.may_have_executed();
                Ok(refusal.with_attempts(self.number, self.executed))
            }
            Ok(false) => Err(refusal),
            Err(why) => {
                let refusal = refusal.not_retried("the credentials could not be renewed");
                Err(refusal.with_source(why.into_cause()))
            }
        }
    }

    /// Returns the request with its credentials, if a scheme sets them. The headers of the attempt
    /// come first, so that a signature covers them.
    pub(super) async fn authenticated(
        &self,
        mut request: http::Request<Body>,
        redirect: Option<&Redirect>,
    ) -> Result<http::Request<Body>, Error> {
        let Some(scheme) = self.scheme()? else { return Ok(request) };
        let added = if self.may_sign_headers() {
            self.begin_request(&mut request, redirect)?
        } else {
            Vec::new()
        };
        self.authenticated_by(&*scheme, request, added).await
    }

    async fn authenticated_by(
        &self,
        scheme: &dyn Authenticate,
        request: http::Request<Body>,
        added: Vec<HeaderName>,
    ) -> Result<http::Request<Body>, Error> {
        let base = &self.shared().base;
        if !base.may_carry_secrets() {
            return Err(Error::build(Some(self.endpoint), base.insecure()));
        }
        let removed = self.options.headers.iter().filter(|(_, value)| value.is_none());
        let removed = removed.map(|(name, _)| name.clone()).collect();
        let client = self.parts.client.clone();
        let mut request = AuthRequest::new(request, client, self.endpoint, removed, added);
        if let Err(why) = isolated(|| scheme.authenticate(&mut request)).await {
            let detail = "the credentials could not be obtained";
            let error = Error::new(ErrorKind::Credentials, Some(self.endpoint), detail);
            return Err(error.with_source(why.into_cause()));
        }
        let (request, sent) = request.into_parts();
        if let Some(credentials) = self.parts.request.credentials.get() {
            credentials.record(sent);
        }
        Ok(request)
    }

    /// Returns true if the server has refused credentials, for the first time in this call.
    pub(super) fn is_refused(&self, error: &Error) -> bool {
        let Some(schemes) = self.shared().schemes.as_ref().filter(|_| !self.replayed) else {
            return false;
        };
        let is_refused = |status| schemes.is_refused(status);
        error.kind() == ErrorKind::Api && error.status().is_some_and(is_refused)
    }

    /// Has the scheme renew the credentials that it has set, within the call's timeout. Returns
    /// true if they have changed.
    async fn renewed(&self, refusal: &Error) -> Result<bool, AuthError> {
        let Ok(Some(scheme)) = self.scheme() else { return Ok(false) };
        let credentials = self.parts.request.credentials.get();
        let sent = credentials.into_iter().flat_map(|sent| sent.last()).collect();
        let refused = Refused {
            client: self.parts.client.clone(),
            status: refusal.status().unwrap_or_default(),
            headers: refusal.headers().map_or_else(HeaderMap::new, Clone::clone),
            sent,
        };
        if refused.is_empty() {
            return Ok(false);
        }
        let timer = pin!(self.shared().clock.limit(self.remaining()));
        match within(timer, pin!(isolated(|| scheme.renew(&refused)))).await {
            Some(renewed) => renewed,
            None => Err(AuthError::new("the timeout of the call expired")),
        }
    }
}

/// Runs the code of a scheme, which may block.
async fn isolated<'a, T: Unpin>(begin: impl FnOnce() -> AuthFuture<'a, T>) -> Result<T, AuthError> {
    let mut work = isolate(begin);
    poll_fn(|context| isolate(|| Pin::new(&mut work).poll(context))).await
}

#[cold]
fn unknown_scheme(name: &str) -> String {
    format!(
        "the client has no credentials for `auth = {name}`: add `.auth_scheme(\"{name}\", ..)` to \
         its builder"
    )
}
