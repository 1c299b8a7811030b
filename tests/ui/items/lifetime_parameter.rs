//! The trait has a lifetime parameter.

use connectors_client::api_client;

#[api_client]
pub trait Things<'a> {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
