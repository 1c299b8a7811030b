//! Fixed headers are a value.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers = "X-A: b")]
    async fn get(&self) -> Option<String>;
}

fn main() {}
