//! The content type is there twice.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[put("v1/things")]
    async fn call(&self, #[body(content_type = "a/b", content_type = "a/b")] thing: &str);
}

fn main() {}
