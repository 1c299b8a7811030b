//! `&self` is missing before an argument.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(id: &str) -> String;
}

fn main() {}
