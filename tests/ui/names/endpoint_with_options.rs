//! An endpoint is named `with_options`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn with_options(&self) -> String;
}

fn main() {}
