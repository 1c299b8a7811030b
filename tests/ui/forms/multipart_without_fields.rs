//! A multipart form has no fields.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things?<thing>", multipart)]
    async fn call(&self, thing: &str);
}

fn main() {}
