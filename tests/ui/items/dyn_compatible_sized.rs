//! A trait for trait objects needs a size.

use connectors_client::api_client;

#[api_client(dyn_compatible)]
pub trait Things: Sized {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
