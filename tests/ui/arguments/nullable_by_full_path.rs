//! `Nullable` is written with its path.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn get(&self, limit: connectors_client::Nullable<u32>) -> String;
}

fn main() {}
