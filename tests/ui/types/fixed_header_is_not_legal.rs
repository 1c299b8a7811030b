//! A constant is no value of a header.

use connectors_client::api_client;

const VALUE: &str = "a\nb";

#[api_client]
pub trait Things {
    #[get("v1/things", headers("X-A" = VALUE))]
    async fn get(&self) -> Option<String>;
}

fn main() {}
