//! A type of an endpoint is deprecated.

#![deny(deprecated)]

use connectors_client::api_client;

#[deprecated]
pub type Old = String;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<Old>;
}

fn main() {}
