//! A verb is written in capitals.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[GET("v1/things")]
    async fn get(&self) -> String;
}

fn main() {}
