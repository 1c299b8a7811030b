//! A body cannot be sent in its type.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[put("v1/things")]
    async fn call(&self, #[body(content_type = "text/csv")] rows: &[u32]);
}

fn main() {}
