//! A URL has a name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("")]
    async fn call(&self, #[url("link")] link: &str);
}

fn main() {}
