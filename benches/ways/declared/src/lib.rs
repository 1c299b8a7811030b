//! The trait of `#[api_client]`, with the defaults of a client. Each of its clients has its own
//! program, as all other ways do.

use calls::{Created, Failure, Found, Page, TOKEN};
use connectors_client::{Client, Nullable, api_client};

/// Three endpoints of the connectors API.
#[api_client]
pub trait Connectors {
    #[get("v1/connectors/<id>")]
    async fn get(&self, id: &str) -> Found;

    #[post("v1/connectors")]
    async fn create(&self, name: &str, url: &str, description: Nullable<&str>) -> Created;

    #[get("v1/connectors?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Page;
}

/// Returns the client that makes the calls.
pub fn client(url: &str) -> Result<Client, Failure> {
    Ok(Client::builder(url).bearer_token(TOKEN).build()?)
}
