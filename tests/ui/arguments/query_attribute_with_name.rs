//! An argument has an attribute `query` with a name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[query("page_size")] limit: Option<u32>) -> String;
}

fn main() {}
