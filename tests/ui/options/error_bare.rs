//! The error of an endpoint has no value.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", error)]
    async fn create(&self, a: Option<u32>, b: Option<u32>) -> String;
}

fn main() {}
