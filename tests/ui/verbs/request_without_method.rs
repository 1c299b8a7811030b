//! A request has no method.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[request("v1/things")]
    async fn list(&self) -> String;
}

fn main() {}
