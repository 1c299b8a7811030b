//! Names of requests that collide. The first error of each names the request.

use connectors_client::api_client;

#[api_client]
pub trait User {
    #[get("users/<id>/groups")]
    async fn group_list(&self, id: &str) -> Vec<String>;
}

#[api_client]
pub trait UserGroup {
    #[get("groups")]
    //~ The request has the name of another endpoint's.
    async fn list(&self) -> Vec<String>;
}

fn main() {}
