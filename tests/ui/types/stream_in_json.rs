//! A stream is a field.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn call(&self, thing: connectors_client::Body);
}

fn main() {}
