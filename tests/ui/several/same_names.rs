//! Traits that generate the same name.

use connectors_client::api_client;

#[api_client]
pub trait Orders {
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;
}

//~ Two traits give one name.
//~ Reported again.
#[api_client]
pub trait RawOrders {}

#[api_client]
pub trait TwoTraitsOfOneRequest {
    #[get("v1/things")]
    async fn get_all(&self) -> String;
}

//~ Two traits give one request.
#[api_client]
pub trait TwoTraitsOfOneRequestGet {
    #[get("v1/things")]
    async fn all(&self) -> String;
}

fn main() {}
