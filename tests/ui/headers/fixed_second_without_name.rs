//! A second fixed header has no name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers("X-A" = "b", c))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
