//! An option is unknown.

use connectors_client::{ApiClient, api_client};

#[api_client]
pub trait Users {
    #[get("users")]
    async fn all(&self) -> String;
}

#[derive(ApiClient)]
#[api_client(prefix = "v1")]
pub struct Api {
    pub users: UsersClient,
}

fn main() {}
