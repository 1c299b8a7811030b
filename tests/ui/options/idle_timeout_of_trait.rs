//! The limit of an idle stream is a number.

use connectors_client::api_client;

#[api_client(idle_timeout = 5)]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> String;
}

fn main() {}
