//! A placeholder is not closed before the next segment.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id/parts")]
    async fn get(&self, id: &str) -> String;
}

fn main() {}
