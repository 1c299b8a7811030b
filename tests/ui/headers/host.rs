//! The host is an argument.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[header("Host")] host: &str) -> String;
}

fn main() {}
