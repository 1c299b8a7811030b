//! A placeholder has a type.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id: u32>")]
    async fn get(&self, id: u32) -> String;
}

fn main() {}
