//! The unit of a timeout is not known.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", timeout = "5 seconds")]
    async fn create(&self, a: Option<u32>, b: Option<u32>) -> String;
}

fn main() {}
