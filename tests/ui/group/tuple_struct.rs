//! The clients have no names.

use connectors_client::{ApiClient, api_client};

#[api_client]
pub trait Users {
    #[get("users")]
    async fn all(&self) -> String;
}

#[derive(ApiClient)]
pub struct Api(UsersClient);

fn main() {}
