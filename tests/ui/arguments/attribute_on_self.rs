//! `self` has an attribute.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(#[header("X-Name")] &self) -> String;
}

fn main() {}
