//! An option of the trait is given twice.

use connectors_client::api_client;

#[api_client(prefix = "v1", prefix = "v2")]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
