//! The value of a fixed header has a newline.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", headers("X-A" = "b\nc"))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
