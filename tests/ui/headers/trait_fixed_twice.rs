//! A fixed header of the trait is there twice.

use connectors_client::api_client;

#[api_client(headers("X-A" = "b", "X-A" = "c"))]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self) -> Option<String>;
}

fn main() {}
