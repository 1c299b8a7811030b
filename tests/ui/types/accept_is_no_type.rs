//! A constant is no media type.

use connectors_client::api_client;

const VALUE: &str = "csv";

#[api_client]
pub trait Things {
    #[get("v1/things", accept = VALUE)]
    async fn get(&self) -> Option<String>;
}

fn main() {}
