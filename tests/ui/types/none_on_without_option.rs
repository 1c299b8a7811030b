//! The return type cannot be none.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", none_on = 404)]
    async fn get(&self) -> String;
}

fn main() {}
