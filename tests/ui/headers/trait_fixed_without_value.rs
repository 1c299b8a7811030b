//! A fixed header of the trait has no value.

use connectors_client::api_client;

#[api_client(headers("X-A"))]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self) -> Option<String>;
}

fn main() {}
