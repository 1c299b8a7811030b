//! The query is written encoded.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?q=a%20b")]
    async fn get(&self) -> String;
}

fn main() {}
