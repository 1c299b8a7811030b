//! A form has two formats.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", form, multipart)]
    async fn call(&self, thing: &str);
}

fn main() {}
