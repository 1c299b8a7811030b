//! An endpoint has a verb twice.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    #[get("v2/things")]
    async fn get(&self) -> String;
}

fn main() {}
