//! A pair has text after its placeholder.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?limit=<limit>px")]
    async fn get(&self, limit: Option<u32>) -> String;
}

fn main() {}
