//! An argument is the body and in the query.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things?<name>")]
    async fn create(&self, #[body] name: &str) -> String;
}

fn main() {}
