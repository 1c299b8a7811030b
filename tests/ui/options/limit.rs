//! Invalid groups of limits.

use connectors_client::api_client;

//~ The group of a trait has no name.
#[api_client(limit = "")]
pub trait Unnamed {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

#[api_client(limit = "things")]
pub trait Things {
    //~ A group is no number.
    #[get("v1/things", limit = 5)]
    async fn numbered(&self) -> Vec<String>;

    //~ The group is not in quotes.
    #[get("v1/things", limit = search)]
    async fn unquoted(&self) -> Vec<String>;
}

fn main() {}
