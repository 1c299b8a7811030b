//! The result holds a `&str`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self) -> Option<&str>;
}

fn main() {}
