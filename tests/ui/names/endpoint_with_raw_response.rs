//! An endpoint is named `with_raw_response`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn with_raw_response(&self) -> String;
}

fn main() {}
