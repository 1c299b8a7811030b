//! Two traits give one request.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;
}

#[api_client]
pub trait ThingsGet {
    #[get("v1/things")]
    async fn all(&self) -> String;
}

#[api_client]
pub trait ThingsGetAll {}

fn main() {}
