//! An argument stands beside a whole URL.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("")]
    async fn call(&self, #[url] link: &str, page: Option<u8>);
}

fn main() {}
