//! A form with body.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", form)]
    async fn create(&self, #[body] thing: &str) -> String;
}

fn main() {}
