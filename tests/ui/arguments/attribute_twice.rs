//! An argument has an attribute twice.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[field("a")] #[field("b")] name: &str) -> String;
}

fn main() {}
