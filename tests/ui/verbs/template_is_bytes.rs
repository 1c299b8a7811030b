//! A template is bytes.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get(b"v1/things")]
    async fn get(&self) -> String;
}

fn main() {}
