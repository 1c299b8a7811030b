//! The trait has no twin for trait objects, since it has no flag.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn uses(_: &dyn DynThings) {}

fn main() {}
