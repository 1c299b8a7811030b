//! A method is for proxies.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[request("CONNECT", "v1/things")]
    async fn connect(&self);
}

fn main() {}
