//! The prefix is a constant that is not there.

use connectors_client::api_client;

#[api_client(prefix = PREFIX)]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
