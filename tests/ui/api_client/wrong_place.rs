//! `ApiClient` on types that are not a struct of clients, and its options.

use connectors_client::{ApiClient, api_client};

#[api_client]
pub trait Users {
    #[get("users")]
    async fn all(&self) -> String;
}

#[derive(ApiClient)]
//~ It is derived for an enum.
pub enum OnEnum {
    Users(UsersClient),
}

#[derive(ApiClient)]
//~ The clients have no names.
pub struct TupleStruct(UsersClient);

#[derive(ApiClient)]
//~ A struct has no fields.
pub struct EmptyStruct {}

#[derive(ApiClient)]
//~ A struct has no clients.
pub struct UnitStruct;

#[derive(ApiClient)]
//~ The path is text.
#[api_client(crate = "connectors_client")]
pub struct CrateIsText {
    pub users: UsersClient,
}

#[derive(ApiClient)]
//~ An option is unknown.
#[api_client(prefix = "v1")]
pub struct UnknownOption {
    pub users: UsersClient,
}

fn main() {}
