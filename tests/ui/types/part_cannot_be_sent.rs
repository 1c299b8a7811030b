//! A part cannot be sent.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", multipart)]
    async fn call(&self, thing: std::sync::mpsc::Sender<u8>);
}

fn main() {}
