//! The prefix goes up.

use connectors_client::api_client;

#[api_client(prefix = "../v1")]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
