//! `#[header]` has a value.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[header("X-Trace", "on")] trace: &str) -> String;
}

fn main() {}
