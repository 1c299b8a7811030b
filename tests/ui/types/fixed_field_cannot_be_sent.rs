//! A fixed field: fixed field cannot be sent.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", fields(stream = std::process::Command::new("a")))]
    async fn call(&self, name: &str);
}

fn main() {}
