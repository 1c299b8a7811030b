//! A URL stands beside a template.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn call(&self, #[url] link: &str);
}

fn main() {}
