//! A semicolon is where a comma must be.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("a"; idempotent)]
    async fn get(&self) -> String;
}

fn main() {}
