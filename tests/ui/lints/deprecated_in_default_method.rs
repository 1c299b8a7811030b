//! An ordinary method uses what is deprecated.

#![deny(deprecated)]

use connectors_client::api_client;

#[deprecated]
fn old() {}

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    async fn first(&self) {
        old();
    }
}

fn main() {}
