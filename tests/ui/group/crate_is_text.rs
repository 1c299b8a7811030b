//! The path is text.

use connectors_client::{ApiClient, api_client};

#[api_client]
pub trait Users {
    #[get("users")]
    async fn all(&self) -> String;
}

#[derive(ApiClient)]
#[api_client(crate = "connectors_client")]
pub struct Api {
    pub users: UsersClient,
}

fn main() {}
