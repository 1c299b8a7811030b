//! The pairs of the query are separated by a second question mark.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>?<offset>")]
    async fn get(&self, limit: Option<u32>, offset: Option<u32>) -> String;
}

fn main() {}
