//! The trait is `unsafe`.

use connectors_client::api_client;

#[api_client]
pub unsafe trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
