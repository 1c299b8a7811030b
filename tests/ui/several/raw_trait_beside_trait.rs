//! Two traits give one name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;
}

#[api_client]
pub trait RawThings {}

fn main() {}
