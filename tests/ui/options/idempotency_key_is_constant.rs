//! The header of the idempotency key is a constant, whose name cannot be looked at here.

use connectors_client::api_client;

const KEY: &str = "X-Key";

#[api_client]
pub trait Things {
    #[post("v1/things", idempotency_key = KEY)]
    async fn call(&self, name: &str);
}

fn main() {}
