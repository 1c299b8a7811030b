//! The result has a lifetime.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn get<'a>(&'a self) -> std::borrow::Cow<'a, str>;
}

fn main() {}
