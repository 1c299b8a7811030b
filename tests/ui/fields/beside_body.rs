//! A fixed field: beside body.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", fields(stream = true))]
    async fn call(&self, #[body] name: &str);
}

fn main() {}
