//! Vendors.
//!
//! Follows version 1 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use connectors_client::{ApiClient, OpenEnum, Page, api_client};
use serde::Deserialize;

/// The whole API as one client.
#[derive(Clone, Debug, ApiClient)]
pub struct Vendors {
    pub admin_users: AdminUsersClient,
    pub books: BooksClient,
    pub cloud: CloudClient,
}

#[api_client]
pub trait AdminUsers {
    #[get("fern?<offset>", paginate(offset))]
    async fn list(&self, offset: Option<i64>) -> Users;
}

#[api_client]
pub trait Books {
    #[get("speakeasy?<after>", paginate(cursor = after))]
    async fn search(&self, after: Option<&str>) -> X2Response;
}

#[api_client]
pub trait Cloud {
    #[get("azure?<size>", paginate(url), timeout = "10m")]
    async fn numbers(&self, size: Option<&Size>) -> AzureListResponse;
}

#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct Users {
    #[page(items)]
    pub data: Vec<UsersData>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct UsersData {
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct X2Response {
    #[page(items)]
    pub found: Vec<String>,
    #[page(next)]
    pub next: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
pub enum Size {
    /// Up to 10.
    #[open_enum(rename = "s")]
    Small,
    /// Up to 20.
    #[open_enum(rename = "m")]
    Medium,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
#[serde(rename_all = "camelCase")]
pub struct AzureListResponse {
    #[page(items)]
    pub value: Option<Vec<i64>>,
    #[page(next)]
    pub next_link: Option<String>,
}
