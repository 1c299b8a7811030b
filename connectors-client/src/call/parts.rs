//! A call that is not made yet.

use crate::body::Body;
use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

/// A client and the arguments of a call of it.
#[derive(Clone)]
pub(crate) struct CallParts {
    pub(crate) client: Client,
    pub(crate) request: Request,
}

impl CallParts {
    #[inline(never)]
    pub(crate) fn build(self, accept: &'static str) -> Result<http::Request<Body>, Error> {
        let Self { client, mut request } = self;
        let mut options = client.options(request.options.take());
        options.set_key(request.endpoint, None);
        request.assemble_replayable(&client.shared, &options, accept)
    }
}
