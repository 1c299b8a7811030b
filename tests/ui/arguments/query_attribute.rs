//! An argument has an attribute `query`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[query] limit: Option<u32>) -> String;
}

fn main() {}
