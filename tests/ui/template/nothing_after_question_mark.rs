//! Nothing follows the question mark.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?")]
    async fn get(&self) -> String;
}

fn main() {}
