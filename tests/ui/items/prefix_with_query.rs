//! The prefix has a query.

use connectors_client::api_client;

#[api_client(prefix = "v1?beta=true")]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
