//! The idempotency key is an argument too.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", idempotency_key)]
    async fn call(&self, #[header("Idempotency-Key")] key: &str);
}

fn main() {}
