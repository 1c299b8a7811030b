//! The attribute is on a function.

use connectors_client::api_client;

#[api_client]
pub async fn get() -> u32 {
    1
}

fn main() {}
