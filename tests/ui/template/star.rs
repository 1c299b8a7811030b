//! The rest of the path is written with a star.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/files/*path")]
    async fn get(&self, path: &str) -> String;
}

fn main() {}
