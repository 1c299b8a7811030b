//! The prefix has a scheme.

use connectors_client::api_client;

#[api_client(prefix = "https://api.example.com/v1")]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
