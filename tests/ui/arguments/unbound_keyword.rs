//! An argument of a GET, named by a keyword, is nowhere.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, r#type: Option<&str>) -> String;
}

fn main() {}
