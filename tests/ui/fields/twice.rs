//! A fixed field: twice.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", fields(stream = true, stream = false))]
    async fn call(&self, name: &str);
}

fn main() {}
