//! The body has a name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[body = "thing"] thing: &str) -> String;
}

fn main() {}
