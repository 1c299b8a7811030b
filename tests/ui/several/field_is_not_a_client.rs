//! A field is not a client.

use connectors_client::{ApiClient, api_client};

#[api_client]
pub trait Users {
    #[get("users")]
    async fn all(&self) -> String;
}

//~ The derive needs a client.
#[derive(ApiClient)]
pub struct Api {
    pub users: UsersClient,
    //~ The number is not a client.
    pub count: u32,
}

fn main() {}
