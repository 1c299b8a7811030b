//! An enum is no struct of clients.

use connectors_client::{ApiClient, api_client};

#[api_client]
pub trait Users {
    #[get("users")]
    async fn all(&self) -> String;
}

#[derive(ApiClient)]
pub enum Api {
    Users(UsersClient),
}

fn main() {}
