//! Two fields of one name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", form)]
    async fn create(&self, name: &str, #[field("name")] other: &str) -> String;
}

fn main() {}
