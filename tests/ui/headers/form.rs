//! Invalid forms of `#[header]`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things")]
    //~ `#[header]` has no name.
    async fn without_name(&self, #[header] trace: &str) -> String;

    #[get("v1/things")]
    //~ `#[header()]` has no name.
    async fn with_empty_brackets(&self, #[header()] trace: &str) -> String;

    #[get("v1/things")]
    //~ `#[header("")]` has an empty name.
    async fn with_empty_name(&self, #[header("")] trace: &str) -> String;

    #[get("v1/things")]
    //~ The name in `#[header]` follows an equals sign.
    async fn with_equals(&self, #[header = "X-Trace"] trace: &str) -> String;

    #[get("v1/things")]
    //~ `#[header]` has a value.
    async fn with_name_and_value(&self, #[header("X-Trace", "on")] trace: &str) -> String;

    #[get("v1/things")]
    //~ The name in `#[header]` is not in quotes.
    async fn with_unquoted_name(&self, #[header(X-Trace)] trace: &str) -> String;

    #[get("v1/things")]
    //~ The word after a header's name is misspelt.
    async fn sensitive_misspelt(&self, #[header("X-Api-Key", sensible)] key: &str) -> String;

    #[get("v1/things")]
    //~ A header is sensitive and has no name.
    async fn sensitive_without_name(&self, #[header(sensitive)] key: &str) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
