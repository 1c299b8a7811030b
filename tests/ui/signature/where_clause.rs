//! An endpoint has a `where` clause.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self) -> String
    where
        Self: Sized;
}

fn main() {}
