//! The authentication is another.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", auth = basic)]
    async fn get(&self) -> String;
}

fn main() {}
