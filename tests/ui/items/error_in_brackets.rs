//! `error` is in brackets.

use connectors_client::api_client;

#[api_client(error(Error))]
pub trait Things {
    #[get("things/one")]
    async fn get(&self) -> String;
}

fn main() {}
