//! A DELETE has a field.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[delete("v1/things")]
    async fn delete(&self, #[field("force")] force: bool);
}

fn main() {}
