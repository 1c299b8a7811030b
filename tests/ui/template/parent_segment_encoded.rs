//! The path goes up, encoded.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/%2e%2e/things")]
    async fn get(&self) -> String;
}

fn main() {}
