//! A value is missing after the equals sign.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("a", timeout =)]
    async fn create(&self) -> String;
}

fn main() {}
