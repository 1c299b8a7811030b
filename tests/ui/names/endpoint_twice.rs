//! An endpoint is there twice.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;

    #[get("v2/things/<id>")]
    async fn get(&self, id: &str) -> String;
}

fn main() {}
