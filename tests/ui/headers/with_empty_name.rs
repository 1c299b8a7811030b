//! `#[header("")]` has an empty name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[header("")] trace: &str) -> String;
}

fn main() {}
