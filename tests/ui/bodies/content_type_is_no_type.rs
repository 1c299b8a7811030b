//! The content type is none.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[put("v1/things")]
    async fn call(&self, #[body(content_type = "json")] thing: &str);
}

fn main() {}
