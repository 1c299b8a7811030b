//! A header has its value in its name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[header("Accept: text/csv")] trace: &str) -> String;
}

fn main() {}
