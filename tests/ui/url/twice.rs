//! There are two URLs.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("")]
    async fn call(&self, #[url] link: &str, #[url] other: &str);
}

fn main() {}
