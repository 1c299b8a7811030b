//! Invalid forms of names and spaces.

use connectors_client::api_client;

//~ The case is unknown.
#[api_client(rename_all = "camel")]
pub trait Case {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

//~ The case is not in quotes.
#[api_client(rename_all = camelCase)]
pub trait Quotes {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

//~ A space is neither of its forms.
#[api_client(query_space = "_")]
pub trait Space {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

#[api_client(rename_all = "camelCase")]
pub trait Things {
    #[post("v1/things")]
    //~ Two arguments have one name in this case.
    async fn twice(&self, page_size: u8, #[field("pageSize")] other: u8) -> Vec<String>;
}

async fn uses(client: CaseClient) -> Result<(), connectors_client::Error> {
    client.list().await?;
    Ok(())
}

fn main() {}
