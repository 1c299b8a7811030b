//! The trait has a const parameter.

use connectors_client::api_client;

#[api_client]
pub trait Things<const N: usize> {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
