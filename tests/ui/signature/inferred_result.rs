//! The result is to be inferred.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self) -> _;
}

fn main() {}
