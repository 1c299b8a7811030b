//! The name of a placeholder has a dash.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<thing-id>")]
    async fn get(&self, thing_id: &str) -> String;
}

fn main() {}
