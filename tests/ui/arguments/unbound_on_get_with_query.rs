//! An argument of a GET is nowhere; there is a query already.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn get(&self, limit: Option<u32>, offset: Option<u32>) -> String;
}

fn main() {}
