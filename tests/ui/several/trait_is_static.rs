//! The trait is for types without borrows.

use connectors_client::api_client;

#[api_client]
pub trait Things: 'static {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
