//! A GET has parts.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", multipart)]
    async fn call(&self, thing: &str);
}

fn main() {}
