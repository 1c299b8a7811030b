//! A multipart form has a whole body.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[put("v1/things", multipart)]
    async fn call(&self, #[body(content_type = "a/b")] thing: &str);
}

fn main() {}
