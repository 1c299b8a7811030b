//! The word after a header's name is misspelt.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self, #[header("X-Api-Key", sensible)] key: &str) -> String;
}

fn main() {}
