//! The name of a header has a letter that it cannot have.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[header("X-Größe")] trace: &str) -> String;
}

fn main() {}
