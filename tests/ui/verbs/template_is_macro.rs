//! A template is a macro.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get(concat!("v1/", "things"))]
    async fn get(&self) -> String;
}

fn main() {}
