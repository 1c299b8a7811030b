//! A fixed field: names.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", fields(a, b))]
    async fn call(&self, name: &str);
}

fn main() {}
