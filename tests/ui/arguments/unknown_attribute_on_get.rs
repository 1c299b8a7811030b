//! An argument of a GET has an attribute that is not known.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get(&self, #[cookie("session")] session: &str) -> String;
}

fn main() {}
