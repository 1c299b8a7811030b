//! The authentication is text.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", auth = "none")]
    async fn get(&self) -> String;
}

fn main() {}
