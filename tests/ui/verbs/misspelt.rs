//! A verb is misspelt.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[gett("v1/things")]
    async fn get(&self) -> String;
}

fn main() {}
