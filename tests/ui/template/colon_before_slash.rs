//! A placeholder in the middle is written as in Express.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/:id/parts")]
    async fn get(&self, id: &str) -> String;
}

fn main() {}
