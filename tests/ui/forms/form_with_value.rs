//! A form with value.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", form = true)]
    async fn create(&self, name: &str) -> String;
}

fn main() {}
