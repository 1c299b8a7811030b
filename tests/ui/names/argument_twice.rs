//! An argument is there twice.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn get(&self, limit: Option<u32>, limit: Option<u32>) -> String;
}

fn main() {}
