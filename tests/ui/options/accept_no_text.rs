//! The media type is no text.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", accept = 5)]
    async fn get(&self) -> String;
}

fn main() {}
