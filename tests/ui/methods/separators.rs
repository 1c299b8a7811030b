//! Method attributes with a wrong separator.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ A comma is missing after the template.
    #[get("a" idempotent)]
    async fn comma_missing(&self) -> String;

    //~ A comma is missing between two options.
    #[get("a", idempotent timeout = "5s")]
    async fn comma_missing_between_options(&self) -> String;

    //~ There are two commas.
    #[get("a", , idempotent)]
    async fn comma_twice(&self) -> String;

    //~ A semicolon stands in place of a comma.
    #[get("a"; idempotent)]
    async fn semicolon(&self) -> String;

    //~ A value is missing after the equals sign.
    #[post("a", timeout =)]
    async fn value_missing_after_equals(&self) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
