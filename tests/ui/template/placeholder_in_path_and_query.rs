//! The template names an argument in the path and in the query.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>?<id>")]
    async fn get(&self, id: &str) -> String;
}

fn main() {}
