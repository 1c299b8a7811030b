//! A comma is missing between two options.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("a", idempotent timeout = "5s")]
    async fn get(&self) -> String;
}

fn main() {}
