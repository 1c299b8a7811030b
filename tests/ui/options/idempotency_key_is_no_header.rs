//! The header of the idempotency key is none.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", idempotency_key = "X Key")]
    async fn call(&self, name: &str);
}

fn main() {}
