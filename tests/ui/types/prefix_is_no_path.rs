//! The prefix is a constant that is no path.

use connectors_client::api_client;

const PREFIX: &str = "v1?beta=true";

#[api_client(prefix = PREFIX)]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
