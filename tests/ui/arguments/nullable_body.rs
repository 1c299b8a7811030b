//! The whole body is `Nullable`.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, #[body] thing: Nullable<&str>) -> String;
}

fn main() {}
