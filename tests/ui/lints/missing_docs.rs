//! Items without documentation. Generated items have it.

#![deny(missing_docs)]

use connectors_client::{ErrorClass, Nullable, api_client};

/// Things.
#[api_client(error = ThingsError)]
pub trait Things {
    /// Lists.
    #[get("v1/things?<limit>&<offset>")]
    async fn list(
        &self,
        limit: Option<u32>,
        /// Where to begin.
        offset: Option<u32>,
    ) -> Vec<String>;

    /// Changes.
    #[patch("v1/things/<id>")]
    async fn update(&self, id: &str, name: Nullable<&str>);

    /// The first.
    async fn first(&self) -> Option<String> {
        None
    }
}

/// Why not.
#[derive(Clone, Copy, Debug, ErrorClass)]
pub enum ThingsError {
    /// All.
    #[status(other)]
    Other,
}

//~ A struct beside a documented trait has no documentation.
pub struct Undocumented;

/// Things.
#[api_client]
pub trait MissingDocsOfEndpoint {
    #[get("v1/things?<limit>")]
    //~ The endpoint has no documentation.
    async fn list(&self, limit: Option<u32>) -> Vec<String>;
}

//~ The trait has no documentation.
#[api_client]
pub trait MissingDocsOfTrait {
    /// Lists.
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;
}

fn main() {}
