//! A fixed field: and argument.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", fields(name = 5))]
    async fn call(&self, name: &str);
}

fn main() {}
