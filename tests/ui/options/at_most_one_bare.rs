//! `at_most_one` has no brackets.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", at_most_one)]
    async fn create(&self, a: Option<u32>, b: Option<u32>) -> String;
}

fn main() {}
