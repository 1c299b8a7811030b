//! The argument is spelt in another way than in the template.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<thing_id>")]
    async fn get(&self, thingid: &str) -> String;
}

fn main() {}
