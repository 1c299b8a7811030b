//! A URL is a header.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("")]
    async fn call(&self, #[url] #[header("X-A")] link: &str);
}

fn main() {}
