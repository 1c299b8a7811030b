//! A placeholder of the query is written in braces.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?limit={limit}")]
    async fn get(&self, limit: Option<u32>) -> String;
}

fn main() {}
