//! Uses of deprecated items. Generated code does not warn.

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

/// Uses it knowingly.
#[expect(deprecated, reason = "one use is enough here")]
pub async fn uses_knowingly(things: ThingsClient) -> Result<(), Error> {
    things.update("x").name_null().await
}

/// Uses it.
pub async fn deprecated_endpoint(things: ThingsClient) -> Result<Vec<String>, Error> {
    //~ A deprecated endpoint is used.
    things.list().limit(10).await
}

#[deprecated]
fn old() {}

/// Things.
#[api_client]
pub trait DeprecatedInDefaultMethod {
    /// Lists.
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    /// Uses it.
    async fn first(&self) {
        //~ An ordinary method uses a deprecated function.
        old();
    }
}

/// Things.
#[deprecated = "use `OtherThings`"]
#[api_client]
pub trait DeprecatedTrait {
    /// Lists.
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;
}

/// Uses it.
//~ A deprecated trait is used.
pub async fn deprecated_trait(things: DeprecatedTraitClient) -> Result<Vec<String>, Error> {
    things.list().limit(10).await
}

/// Old.
#[deprecated]
pub type Old = String;

/// Things.
#[api_client]
pub trait DeprecatedType {
    /// Lists.
    #[get("v1/things")]
    //~ A type of an endpoint is deprecated.
    async fn list(&self) -> Vec<Old>;
}

fn main() {}
