//! A URL stands beside a query.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("?<page>")]
    async fn call(&self, page: u8, #[url] link: &str);
}

fn main() {}
