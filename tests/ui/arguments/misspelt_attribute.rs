//! An attribute is misspelt.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[Header("X-Name")] name: &str) -> String;
}

fn main() {}
