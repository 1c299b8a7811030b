//! A call that is not made yet.

use crate::body::Body;
use crate::client::Client;
use crate::client::request_options::CallOptions;
use crate::endpoint::call_settings::CallSettings;
use crate::error::Error;
use crate::request::Request;

/// A client and the arguments of a call of it.
#[derive(Clone)]
pub(crate) struct CallParts {
    pub(crate) client: Client,
    pub(crate) request: Request,
}

impl CallParts {
    /// Takes the options of the call, and merges its settings: those of the options over the endpoint's over the client's.
    ///
    /// This is the one place that knows their order.
    pub(super) fn resolve(&mut self) -> (CallSettings, CallOptions) {
        let options = self.client.options(self.request.options.take());
        let declared = self.request.endpoint.options.settings;
        let settings = options.settings.or(declared).or_client(&self.client.shared.settings);
        (settings, options)
    }

    #[inline(never)]
    pub(crate) fn build(self, accept: &'static str) -> Result<http::Request<Body>, Error> {
        let Self { client, mut request } = self;
        let mut options = client.options(request.options.take());
        options.set_key(request.endpoint, None);
        request.assemble_kept(&client.shared, &options, accept)
    }
}
