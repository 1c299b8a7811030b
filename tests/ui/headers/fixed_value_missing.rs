//! The value of a fixed header is missing.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers("X-A" = ))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
