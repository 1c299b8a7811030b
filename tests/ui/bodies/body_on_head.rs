//! A HEAD has a body.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[head("v1/things")]
    async fn head(&self, #[body] filter: &str);
}

fn main() {}
