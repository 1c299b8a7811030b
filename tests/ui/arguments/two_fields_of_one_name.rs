//! Two fields have one name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, name: &str, #[field("name")] title: &str) -> String;
}

fn main() {}
