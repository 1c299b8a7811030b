//! The length of the body is an argument.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[header("Content-Length")] length: u64) -> String;
}

fn main() {}
