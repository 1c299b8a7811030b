//! A fixed field: on get.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", fields(stream = true))]
    async fn call(&self, #[header("X-A")] name: &str);
}

fn main() {}
