//! The media type has a newline.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things", accept = "text/csv\n")]
    async fn get(&self) -> Option<String>;
}

fn main() {}
