//! The result is a `&'static str`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self) -> &'static str;
}

fn main() {}
