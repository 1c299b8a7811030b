//! A header is `Nullable`.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[header("X-Trace")] trace: Nullable<&str>) -> String;
}

fn main() {}
