//! A verb has two templates.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", "v2/things")]
    async fn get(&self) -> String;
}

fn main() {}
