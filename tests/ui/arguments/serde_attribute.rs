//! A field has an attribute of serde.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[serde(rename = "n")] name: &str) -> String;
}

fn main() {}
