//! An argument of an OPTIONS is nowhere.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[options("v1/things")]
    async fn options(&self, id: &str);
}

fn main() {}
