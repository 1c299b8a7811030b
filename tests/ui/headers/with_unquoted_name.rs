//! The name in `#[header]` is no string.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[header(X-Trace)] trace: &str) -> String;
}

fn main() {}
