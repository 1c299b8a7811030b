//! A call that has not been made.

use crate::body::Body;
use crate::client::Client;
use crate::client::request_options::{CallOptions, RequestOptions};
use crate::endpoint::AuthChoice;
use crate::endpoint::call_settings::{CallSettings, Compression};
use crate::error::Error;
use crate::error::secrets::{self, Secrets};
use crate::request::Request;
use crate::response::SecretSource;
use crate::retry::retry_on;

/// The client and the request of a call.
#[derive(Clone)]
pub(crate) struct CallParts {
    pub(crate) client: Client,
    pub(crate) request: Request,
}

impl CallParts {
    /// Takes the options of the call and merges its settings. The options override the endpoint,
    /// which overrides the client.
    ///
    /// This is the only place that knows this order.
    pub(super) fn resolve(&mut self) -> (CallSettings, CallOptions) {
        let options = self.take_options();
        let declared = self.request.endpoint.options.settings;
        let mut settings =
            options.0.as_ref().map_or(declared, |options| options.settings.or(declared));
        let shared = &self.client.shared;
        if shared.settings.compress != Compression::None && self.request.is_elsewhere(shared) {
            settings.compress.get_or_insert(Compression::None);
        }
        (settings.or_client(&shared.settings), options)
    }

    /// Takes the options of the call and merges them over those of the client. Headers, fields and
    /// the compression of the client stay within its origin, and its secrets go only where its
    /// credentials do.
    fn take_options(&mut self) -> CallOptions {
        let call = self.request.options.take();
        let Some(defaults) = self.client.defaults.as_deref() else { return CallOptions(call) };
        let defaults = if self.request.is_elsewhere(&self.client.shared) {
            defaults.for_another_origin()
        } else if self.request.endpoint.options.auth == AuthChoice::Default {
            defaults.clone()
        } else {
            defaults.without_secrets()
        };
        CallOptions(Some(Box::new(match call {
            None => defaults,
            Some(call) => defaults.merge(*call),
        })))
    }

    /// Returns the verdict of the rules about the failure of an attempt: those of the call, then
    /// those of the endpoint and of the client. If no rule decides, `x-should-retry` does, if it is
    /// to be obeyed.
    pub(super) fn retry_verdict(&self, options: &RequestOptions, error: &Error) -> Option<bool> {
        let (own, of_client) = (&options.retry_on, &self.client.shared.retry.retry_on);
        let declared = self.request.endpoint.options.retry_on;
        let obeys_header = own.obeys_header().or_else(|| retry_on::obeys_header(declared));
        let obeys_header = obeys_header.or(of_client.obeys_header()).unwrap_or_default();
        let declared = || retry_on::verdict(declared, error);
        let header = || error.headers().filter(|_| obeys_header).and_then(retry_on::should_retry);
        own.verdict(error).or_else(declared).or_else(|| of_client.verdict(error)).or_else(header)
    }

    /// Returns true if a function of the caller decides about retries.
    pub(super) fn asks_about_retries(&self, options: &RequestOptions) -> bool {
        options.retry_on.has_function() || self.client.shared.retry.retry_on.has_function()
    }

    /// Builds the request that the first attempt would send.
    #[inline(never)]
    pub(crate) fn build(self, accept: &'static str) -> Result<http::Request<Body>, Error> {
        let mut parts = self;
        let mut options = parts.take_options();
        let Self { client, request } = parts;
        options.set_key(request.endpoint, None);
        request.assemble_replayable(&client.shared, &options, accept)
    }

    /// Returns the secrets that the call sends with these options.
    pub(super) fn secrets_with(&self, options: Option<&RequestOptions>) -> Secrets {
        let headers = options.into_iter().flat_map(|options| &options.headers);
        let headers =
            headers.filter_map(|(_, value)| value.as_ref()).filter(|value| value.is_sensitive());
        let fields = options.into_iter().flat_map(|options| &options.body_fields);
        let fields = fields.flat_map(|field| field.secrets.iter().cloned());
        let own = headers.flat_map(secrets::of_header).chain(fields);
        let mut own = own.chain(self.request.secrets()).peekable();
        let shared = &self.client.shared.secrets;
        if own.peek().is_some() { shared.and(own) } else { shared.clone() }
    }
}

impl SecretSource for CallParts {
    fn secrets(&self) -> Secrets {
        self.secrets_with(self.request.options.as_deref())
    }
}
