//! The flag for trait objects has brackets.

use connectors_client::api_client;

#[api_client(dyn_compatible(Arc))]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
