//! The trait has no doc.

#![deny(missing_docs)]

use connectors_client::api_client;

#[api_client]
pub trait Things {
    /// Lists.
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;
}

fn main() {}
