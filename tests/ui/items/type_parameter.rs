//! The trait has a type parameter.

use connectors_client::api_client;

#[api_client]
pub trait Things<T> {
    #[get("v1/things")]
    async fn list(&self) -> Vec<T>;
}

fn uses(_: impl Things<u32>, _: ThingsClient) {}

fn main() {}
