//! The name of a fixed header of the trait is none.

use connectors_client::api_client;

#[api_client(headers("X:A" = "b"))]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self) -> Option<String>;
}

fn main() {}
