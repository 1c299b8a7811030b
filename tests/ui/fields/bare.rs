//! A fixed field: bare.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", fields)]
    async fn call(&self, name: &str);
}

fn main() {}
