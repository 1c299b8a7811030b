//! The query names an argument that is not there.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn get(&self) -> String;
}

fn main() {}
