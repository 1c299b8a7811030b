//! An argument is `Self`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn create(&self, thing: Self) -> String;
}

fn main() {}
