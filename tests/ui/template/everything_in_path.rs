//! `<..>` is in the path.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<..>")]
    async fn get(&self, id: &str) -> String;
}

fn main() {}
