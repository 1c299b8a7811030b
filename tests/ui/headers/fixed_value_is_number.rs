//! The value of a fixed header is a number.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers("X-A" = 5))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
