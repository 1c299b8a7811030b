//! The content type has no value.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[put("v1/things")]
    async fn call(&self, #[body(content_type)] thing: &str);
}

fn main() {}
