//! The name of a fixed header is empty.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers("" = "b"))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
