//! Fixed headers are names.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers(a, b))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
