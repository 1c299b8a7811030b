//! Two placeholders are not separated.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<kind><id>")]
    async fn get(&self, kind: &str, id: &str) -> String;
}

fn main() {}
