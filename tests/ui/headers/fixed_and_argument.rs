//! A header is fixed and an argument.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers("X-A" = "b"))]
    async fn call(&self, #[header("x-a")] a: &str);
}

fn main() {}
