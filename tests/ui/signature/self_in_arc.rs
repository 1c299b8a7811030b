//! `self` is in an `Arc`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(self: std::sync::Arc<Self>) -> String;
}

fn main() {}
