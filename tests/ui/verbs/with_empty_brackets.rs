//! A verb has empty brackets.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get()]
    async fn get(&self) -> String;
}

fn main() {}
