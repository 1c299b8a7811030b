//! Invalid forms of `#[field]`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[post("v1/things")]
    //~ `#[field]` has no name in its parentheses.
    async fn field_without_name(&self, #[field()] name: &str) -> String;

    #[post("v1/things")]
    //~ `#[field]` has an empty name.
    async fn field_with_empty_name(&self, #[field("")] name: &str) -> String;

    #[post("v1/things")]
    //~ The name in `#[field]` follows an equals sign.
    async fn field_with_equals(&self, #[field = "Name"] name: &str) -> String;

    #[post("v1/things")]
    //~ `#[field]` has two names.
    async fn field_with_two_names(&self, #[field("a", "b")] name: &str) -> String;

    #[post("v1/things")]
    //~ The name in `#[field]` is not in quotes.
    async fn field_with_unquoted_name(&self, #[field(Name)] name: &str) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
