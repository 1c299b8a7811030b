//! Types without a size.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ An argument is a `str`.
    async fn argument_is_unsized(&self, id: str) -> String;

    #[get("v1/things/all?<name>")]
    //~ An optional argument is a `str`.
    async fn optional_argument_is_unsized(&self, name: Option<str>) -> String;

    #[get("v1/things/all")]
    //~ The result is a `str`.
    async fn result_is_unsized(&self) -> str;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
