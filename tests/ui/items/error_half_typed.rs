//! `error` is half typed.

use connectors_client::api_client;

#[api_client(error =)]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
