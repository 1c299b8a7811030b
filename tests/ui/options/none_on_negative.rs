//! The status is negative.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", none_on = -404)]
    async fn get(&self) -> Option<String>;
}

fn main() {}
