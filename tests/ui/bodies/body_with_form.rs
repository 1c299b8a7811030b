//! The body says what it is.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[body(json)] thing: &str) -> String;
}

fn main() {}
