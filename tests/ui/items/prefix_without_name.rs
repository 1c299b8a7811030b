//! The prefix is there without its name.

use connectors_client::api_client;

#[api_client("v1")]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
