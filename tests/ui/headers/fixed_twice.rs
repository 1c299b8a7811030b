//! A fixed header is there twice.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers("X-A" = "b", "x-a" = "c"))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
