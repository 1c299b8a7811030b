//! A placeholder is written as in `format!`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/{}")]
    async fn get(&self, id: &str) -> String;
}

fn main() {}
