//! The type of an argument is to be inferred.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, id: _) -> String;
}

fn main() {}
