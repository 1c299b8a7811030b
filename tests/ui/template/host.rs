//! The template has a host.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("//api.example.com/v1/things")]
    async fn get(&self) -> String;
}

fn main() {}
