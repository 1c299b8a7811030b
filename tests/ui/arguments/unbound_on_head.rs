//! An argument of a HEAD is nowhere.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[head("v1/things")]
    async fn head(&self, id: &str);
}

fn main() {}
