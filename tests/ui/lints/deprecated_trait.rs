//! A deprecated trait is used; nothing that is generated warns.

#![deny(warnings, missing_docs, deprecated)]

use connectors_client::{Error, api_client};

/// Things.
#[deprecated = "use `OtherThings`"]
#[api_client]
pub trait Things {
    /// Lists.
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;
}

/// Uses it.
pub async fn uses(things: ThingsClient) -> Result<Vec<String>, Error> {
    things.list().limit(10).await
}

fn main() {}
