//! A field is no client.

use connectors_client::{ApiClient, api_client};

#[api_client]
pub trait Users {
    #[get("users")]
    async fn all(&self) -> String;
}

#[derive(ApiClient)]
pub struct Api {
    pub users: UsersClient,
    pub count: u32,
}

fn main() {}
