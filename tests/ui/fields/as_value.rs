//! A fixed field: as value.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", fields = true)]
    async fn call(&self, name: &str);
}

fn main() {}
