//! An option of an endpoint is given to the trait.

use connectors_client::api_client;

#[api_client(idempotent)]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
