//! A percent sign is no escape.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/100%/things")]
    async fn get(&self) -> String;
}

fn main() {}
