//! Two traits give one request.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get_all(&self) -> String;
}

#[api_client]
pub trait ThingsGet {
    #[get("v1/things")]
    async fn all(&self) -> String;
}

fn main() {}
