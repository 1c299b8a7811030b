//! An ordinary method has the name of an endpoint.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;

    fn get(&self) -> u32 {
        1
    }
}

fn main() {}
