//! A struct has no fields.

use connectors_client::{ApiClient, api_client};

#[api_client]
pub trait Users {
    #[get("users")]
    async fn all(&self) -> String;
}

#[derive(ApiClient)]
pub struct Api {}

fn main() {}
