//! A fixed header is in two lists.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers("X-A" = "b"), headers("x-a" = "c"))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
