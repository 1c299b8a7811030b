//! A private trait is not used.

#![deny(warnings, dead_code)]

use connectors_client::api_client;

#[api_client]
trait Things {
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;
}

fn main() {}
