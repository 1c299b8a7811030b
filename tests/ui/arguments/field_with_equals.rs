//! The name in `#[field]` follows an equals sign.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[field = "Name"] name: &str) -> String;
}

fn main() {}
