//! An optional argument is optional.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, name: Option<Option<&str>>) -> String;
}

fn main() {}
