//! The pairs of a struct are given a name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?filter=<filter..>")]
    async fn get(&self, filter: Option<&str>) -> String;
}

fn main() {}
