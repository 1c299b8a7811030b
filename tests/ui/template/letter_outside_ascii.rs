//! The path has a letter that a URL has not.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/dünger")]
    async fn get(&self) -> String;
}

fn main() {}
