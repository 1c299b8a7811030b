//! `at_most_one` is written as a value.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", at_most_one = (a, b))]
    async fn create(&self, a: Option<u32>, b: Option<u32>) -> String;
}

fn main() {}
