//! Two endpoints give one constant.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get_one(&self, id: &str) -> String;

    #[get("v2/things/<id>")]
    async fn GET_ONE(&self, id: &str) -> String;
}

fn main() {}
