//! A GET has a field.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[field("page_size")] limit: Option<u32>) -> String;
}

fn main() {}
