//! A fixed header is the transport's.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers("Content-Length" = "5"))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
