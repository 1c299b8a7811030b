//! A method is no token.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[request("PURGE ALL", "v1/things")]
    async fn purge(&self);
}

fn main() {}
