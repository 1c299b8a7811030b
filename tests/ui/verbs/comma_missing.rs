//! A comma is missing after the template.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("a" idempotent)]
    async fn get(&self) -> String;
}

fn main() {}
