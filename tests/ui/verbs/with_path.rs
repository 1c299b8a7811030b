//! A verb has the path of the crate.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[connectors_client::get("v1/things")]
    async fn get(&self) -> String;
}

fn main() {}
