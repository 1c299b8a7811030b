//! An argument has an attribute `path`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, #[path] id: &str) -> String;
}

fn main() {}
