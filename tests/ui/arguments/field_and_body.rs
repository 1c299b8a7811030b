//! An argument is a field and the body.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[body] #[field("name")] name: &str) -> String;
}

fn main() {}
