//! An argument is `ref`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, ref id: String) -> String;
}

fn main() {}
