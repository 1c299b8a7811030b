//! Arguments that are not a plain name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ An argument is `mut`.
    async fn mut_argument(&self, mut id: String) -> String;

    #[get("v1/things/<id>")]
    //~ An argument is `ref`.
    async fn ref_argument(&self, ref id: String) -> String;

    #[get("v1/things/<id>")]
    //~ An argument is a pattern.
    async fn tuple_pattern(&self, (id, _kind): (&str, &str)) -> String;

    #[post("v1/things")]
    //~ An argument has no name.
    async fn underscore(&self, _: &str) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
