//! A URL is in the template.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/<link>")]
    async fn call(&self, #[url] link: &str);
}

fn main() {}
