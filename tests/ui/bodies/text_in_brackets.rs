//! The body has text in brackets.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[put("v1/things")]
    async fn call(&self, #[body("text/csv")] thing: &str);
}

fn main() {}
