//! A flag has a value.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", multipart = true)]
    async fn get(&self) -> Option<String>;
}

fn main() {}
