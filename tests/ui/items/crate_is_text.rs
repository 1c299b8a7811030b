//! `crate` is a string.

use connectors_client::api_client;

#[api_client(crate = "connectors_client")]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
