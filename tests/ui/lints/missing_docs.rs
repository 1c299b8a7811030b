//! A struct beside a documented trait has no doc; all that is generated has one.

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

pub struct Undocumented;

fn main() {}
