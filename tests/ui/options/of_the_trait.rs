//! An option of the trait is given to an endpoint.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", prefix = "v1")]
    async fn create(&self, a: Option<u32>, b: Option<u32>) -> String;
}

fn main() {}
