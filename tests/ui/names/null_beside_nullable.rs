//! Two arguments give one setter, for a null.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, name_null: Option<bool>, name: Nullable<&str>) -> String;
}

fn main() {}
