//! A timeout is a negative number.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", timeout = -5)]
    async fn create(&self, a: Option<u32>, b: Option<u32>) -> String;
}

fn main() {}
