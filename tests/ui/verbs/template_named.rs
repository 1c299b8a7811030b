//! A template has a name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get(path = "v1/things")]
    async fn get(&self) -> String;
}

fn main() {}
