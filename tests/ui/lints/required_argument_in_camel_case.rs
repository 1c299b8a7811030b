//! A required argument is named in camel case.

#![deny(warnings)]

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things/<thingId>")]
    async fn get(&self, thingId: &str) -> String;
}

fn main() {}
