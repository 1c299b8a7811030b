//! The steps of a call that observers see, and the headers for traces.

use std::sync::Arc;

use http::HeaderName;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};

use super::CallLoop;
use super::exchange::Redirect;
use crate::body::Body;
use crate::error::{Error, ErrorKind, Reach};
use crate::observation::Outgoing;
use crate::transport::Attempt;

impl CallLoop {
    /// Observes a request that is about to be sent, and adds the headers of the attempt.
    pub(super) fn observe(
        &self,
        request: &mut http::Request<Body>,
        redirect: Option<&Redirect>,
    ) -> Result<(), Error> {
        if !self.may_sign_headers() {
            self.begin_request(request, redirect)?;
        }
        self.observed.sending();
        Ok(())
    }

    /// Returns true if a scheme may sign the headers of the attempt. Then they, and the span that
    /// they name, come before the credentials.
    pub(super) fn may_sign_headers(&self) -> bool {
        !self.shared().observation.headers.is_empty() && self.has_scheme() && !self.is_elsewhere()
    }

    /// Begins the span of a request, and adds the headers of the attempt. Returns their names.
    pub(super) fn begin_request(
        &self,
        request: &mut http::Request<Body>,
        redirect: Option<&Redirect>,
    ) -> Result<Vec<HeaderName>, Error> {
        let (shared, own) = (self.shared(), &self.parts.request);
        if self.observed.is_on() {
            let hop = redirect.map_or(0, |redirect| redirect.hop);
            let is_of_template = redirect.is_none() && own.link.is_none() && own.built.is_none();
            self.observed.request(&Outgoing {
                request,
                attempt: Attempt::new(self.number).with_hop(hop),
                base_path: shared.base.url().path(),
                is_of_template,
                // A scheme may have put a token into the query.
                has_secret: own.has_secret() || self.has_scheme(),
            });
        }
        if shared.observation.headers.is_empty() || own.is_elsewhere(shared) {
            return Ok(Vec::new());
        }
        self.add_headers(request).map_err(|mistake| Error::build(Some(self.endpoint), mistake))
    }

    /// Adds the headers of the attempt that the request does not have yet. Returns their names.
    #[cold]
    fn add_headers(&self, request: &mut http::Request<Body>) -> Result<Vec<HeaderName>, String> {
        let shared = self.shared();
        let mut added = self.observed.in_span(|| shared.observation.attempt_headers());
        let may_carry_secrets = shared.base.may_carry_secrets();
        if !may_carry_secrets && added.values().any(http::HeaderValue::is_sensitive) {
            return Err(shared.base.insecure());
        }
        added.remove(CONTENT_LENGTH);
        added.remove(TRANSFER_ENCODING);
        for name in request.headers().keys() {
            added.remove(name);
        }
        let names = added.keys().cloned().collect();
        let mut last = None;
        for (name, value) in added {
            last = name.or(last);
            let Some(name) = last.clone() else { continue };
            if value.is_sensitive() {
                self.parts.request.credentials.get_or_init(Arc::default).keep(&value);
            }
            if request.headers_mut().try_append(name, value).is_err() {
                return Err("the request has too many headers".to_owned());
            }
        }
        Ok(names)
    }
}

/// Returns the reason why a call is made again after this error.
pub(super) fn reason_of(error: &Error, verdict: Option<bool>) -> &'static str {
    match (error.kind(), error.status().map(|status| status.as_u16())) {
        _ if error.reach() == Reach::Unprocessed => "the server has not processed the request",
        (ErrorKind::Api, Some(429)) => "the server refused the request for now",
        _ if verdict == Some(true) => "a rule or the server says so",
        _ if !error.may_have_executed() => "nothing was sent",
        _ => "the call is idempotent",
    }
}
