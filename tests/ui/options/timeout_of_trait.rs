//! The limit of the trait has no unit.

use connectors_client::api_client;

#[api_client(timeout = 5)]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> String;
}

fn main() {}
