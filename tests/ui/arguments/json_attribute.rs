//! The body has an attribute `json`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[json] thing: &str) -> String;
}

fn main() {}
