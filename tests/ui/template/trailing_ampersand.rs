//! The query ends with an ampersand.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>&")]
    async fn get(&self, limit: Option<u32>) -> String;
}

fn main() {}
