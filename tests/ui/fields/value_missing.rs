//! A fixed field: value missing.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", fields(stream = ))]
    async fn call(&self, name: &str);
}

fn main() {}
