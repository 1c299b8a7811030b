//! The content type is a number.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[put("v1/things")]
    async fn call(&self, #[body(content_type = 5)] thing: &str);
}

fn main() {}
