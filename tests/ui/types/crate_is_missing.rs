//! `crate` is not there.

use connectors_client::api_client;

#[api_client(crate = crate::http)]
pub trait Things {
    #[get("v1/things/all")]
    async fn all(&self) -> String;
}

fn main() {}
