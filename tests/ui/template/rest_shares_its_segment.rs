//! The rest of the path shares its segment with text.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/files/f-<path..>")]
    async fn get(&self, path: &str) -> String;
}

fn main() {}
