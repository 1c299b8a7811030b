//! The prefix is a constant.

use connectors_client::api_client;

#[api_client(prefix = PREFIX)]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
