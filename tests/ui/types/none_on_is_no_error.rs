//! A constant is no error status.

use connectors_client::api_client;

const VALUE: u16 = 200;

#[api_client]
pub trait Things {
    #[get("v1/things", none_on = VALUE)]
    async fn get(&self) -> Option<String>;
}

fn main() {}
