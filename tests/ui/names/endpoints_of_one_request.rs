//! Two endpoints give one request.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get_one(&self, id: &str) -> String;

    #[get("v2/things/<id>")]
    async fn getOne(&self, id: &str) -> String;
}

fn main() {}
