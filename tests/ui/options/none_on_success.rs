//! A success reads as none.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", none_on = 204)]
    async fn get(&self) -> Option<String>;
}

fn main() {}
