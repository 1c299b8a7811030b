//! A URL can be null.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn call(&self, #[url] link: connectors_client::Nullable<&str>);
}

fn main() {}
