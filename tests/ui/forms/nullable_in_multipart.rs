//! A part can be null.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", multipart)]
    async fn call(&self, thing: connectors_client::Nullable<&str>);
}

fn main() {}
