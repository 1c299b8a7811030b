//! The content type is no text.

use connectors_client::api_client;

const TYPE: &str = "json";

#[api_client]
pub trait Things {
    #[put("v1/things")]
    async fn call(&self, #[body(content_type = TYPE)] thing: &str);
}

fn main() {}
