//! The attribute is on an impl that has endpoints.

use connectors_client::api_client;

pub struct Things;

#[api_client]
//~ The attribute is on an impl.
impl Things {
    //~ The impl keeps the attribute `get`.
    #[get("v1/things")]
    pub async fn get(&self) -> String {
        String::new()
    }
}

fn main() {}
