//! A timeout is longer than any clock.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", timeout = "99999999999999999999s")]
    async fn create(&self, a: Option<u32>, b: Option<u32>) -> String;
}

fn main() {}
