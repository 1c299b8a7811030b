//! An argument whose name ends with an underscore.

#![deny(warnings)]

use connectors_client::{Nullable, api_client};

#[api_client]
trait Things {
    #[patch("things")]
    async fn update(&self, #[field("type")] type_: Nullable<&str>);
}
