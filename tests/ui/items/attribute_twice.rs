//! The attribute is there twice.

use connectors_client::api_client;

#[api_client]
#[api_client]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
