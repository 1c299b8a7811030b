//! An endpoint has two errors.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", error = CreateError, error = OtherError)]
    async fn create(&self, a: Option<u32>, b: Option<u32>) -> String;
}

fn main() {}
