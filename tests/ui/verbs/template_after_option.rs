//! A template is not first.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get(idempotent, "v1/things")]
    async fn get(&self) -> String;
}

fn main() {}
