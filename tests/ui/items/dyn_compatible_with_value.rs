//! The flag for trait objects has a value.

use connectors_client::api_client;

#[api_client(dyn_compatible = true)]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
