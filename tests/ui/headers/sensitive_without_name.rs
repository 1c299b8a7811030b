//! A header is sensitive and has no name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self, #[header(sensitive)] key: &str) -> String;
}

fn main() {}
