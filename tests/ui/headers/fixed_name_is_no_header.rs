//! The name of a fixed header has a space.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers("X A" = "b"))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
