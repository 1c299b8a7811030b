//! The template has a line break.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things\n")]
    async fn get(&self) -> String;
}

fn main() {}
