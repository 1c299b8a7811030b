//! A pair has text before its placeholder.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?range=from-<start>")]
    async fn get(&self, start: Option<u32>) -> String;
}

fn main() {}
