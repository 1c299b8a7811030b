//! An optional argument is named `options`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, options: Option<bool>) -> String;
}

fn main() {}
