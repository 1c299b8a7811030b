//! A raw client is asked for its raw client.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;
}

fn uses(things: RawThingsClient) -> RawThingsClient {
    things.with_raw_response()
}

fn main() {}
