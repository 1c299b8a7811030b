//! A trait is named in snake case.

#![deny(warnings)]

use connectors_client::api_client;

#[api_client]
pub trait my_things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
