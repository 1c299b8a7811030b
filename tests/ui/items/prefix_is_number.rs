//! The prefix is a number.

use connectors_client::api_client;

#[api_client(prefix = 1)]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
