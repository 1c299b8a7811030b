//! A trait for trait objects has a supertrait that needs a size.

use connectors_client::api_client;

#[api_client(dyn_compatible)]
pub trait Things: Clone {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
