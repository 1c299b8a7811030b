//! Fixed headers are bare.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers)]
    async fn get(&self) -> Option<String>;
}

fn main() {}
