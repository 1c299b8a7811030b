//! A fixed field whose name is escaped in the error: and argument.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("v1/things", fields("it's" = 5))]
    async fn call(&self, #[field("it's")] name: &str);
}

fn main() {}
