//! A deprecated endpoint is used; nothing that is generated warns.

#![deny(warnings, missing_docs, deprecated)]

use connectors_client::{Error, Nullable, api_client};

/// Things.
#[api_client]
pub trait Things {
    /// Lists.
    #[deprecated = "use `find`"]
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    /// Changes.
    #[deprecated(since = "0.2.0", note = "use `replace`")]
    #[patch("v1/things/<id>")]
    async fn update(&self, id: &str, name: Nullable<&str>);
}

/// Knows what it does.
#[expect(deprecated, reason = "one use is enough here")]
pub async fn uses_knowingly(things: ThingsClient) -> Result<(), Error> {
    things.update("x").name_null().await
}

/// Does not.
pub async fn uses(things: ThingsClient) -> Result<Vec<String>, Error> {
    things.list().limit(10).await
}

fn main() {}
