//! The attribute is on an impl that has endpoints.

use connectors_client::api_client;

pub struct Things;

#[api_client]
impl Things {
    #[get("v1/things")]
    pub async fn get(&self) -> String {
        String::new()
    }
}

fn main() {}
