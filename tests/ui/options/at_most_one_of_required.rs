//! `at_most_one` names an argument that is always given.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", at_most_one(a, b))]
    async fn create(&self, a: Option<u32>, b: u32) -> String;
}

fn main() {}
