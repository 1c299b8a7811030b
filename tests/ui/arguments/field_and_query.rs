//! An argument is a field and in the query.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things?<name>")]
    async fn create(&self, #[field("n")] name: &str) -> String;
}

fn main() {}
