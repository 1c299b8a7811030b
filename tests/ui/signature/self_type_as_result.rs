//! The result is `Self`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self) -> Self;
}

fn main() {}
