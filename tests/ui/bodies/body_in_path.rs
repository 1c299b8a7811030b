//! The body is in the path.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[put("v1/things/<id>")]
    async fn replace(&self, #[body] id: &str) -> String;
}

fn main() {}
