//! `at_most_one` names an argument twice.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", at_most_one(a, a))]
    async fn create(&self, a: Option<u32>, b: Option<u32>) -> String;
}

fn main() {}
