//! Two parts have one name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", multipart)]
    async fn call(&self, thing: &str, #[field("thing")] other: &str);
}

fn main() {}
