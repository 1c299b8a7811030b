//! An argument has no name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, _: &str) -> String;
}

fn main() {}
