//! Two arguments are one header.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[header("X-Trace")] trace: &str, #[header("x-trace")] other: &str) -> String;
}

fn main() {}
