//! The path has a space.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/my things")]
    async fn get(&self) -> String;
}

fn main() {}
