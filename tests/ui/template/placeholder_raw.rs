//! A placeholder is written as a raw identifier.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<r#type>")]
    async fn get(&self, r#type: &str) -> String;
}

fn main() {}
