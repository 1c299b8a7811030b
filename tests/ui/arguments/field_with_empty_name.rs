//! `#[field]` has an empty name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[field("")] name: &str) -> String;
}

fn main() {}
