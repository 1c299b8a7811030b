//! Clients of APIs, as one kind of thing.

pub(crate) mod api_request;
pub(crate) mod client_handle;
pub mod mode;
pub(crate) mod pending_call;
pub(crate) mod polling;
mod send;

use crate::client::Client;
use crate::client::request_options::RequestOptions;

/// A client of an API: what `#[api_client]` generates, a [`Client`] itself, and a struct of such that derives it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no client of an API",
    label = "this is no client",
    note = "write a client that `#[api_client]` generates, or a struct that derives `connectors_client::ApiClient`"
)]
pub trait ApiClient: Sized {
    /// Calls over this client, whose base URL, authentication, limits and connections it shares.
    fn new(client: Client) -> Self;

    /// A view of this client whose calls all have these options.
    fn with_options(&self, options: RequestOptions) -> Self;
}

#[diagnostic::do_not_recommend]
impl ApiClient for Client {
    fn new(client: Client) -> Self {
        client
    }

    fn with_options(&self, options: RequestOptions) -> Self {
        Self::with_options(self, options)
    }
}
