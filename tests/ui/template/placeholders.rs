//! Placeholders that are not the plain name of an argument.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ A placeholder has no name.
    #[get("v1/things/<>")]
    async fn empty_placeholder(&self, id: &str) -> String;

    //~ A placeholder is written as a raw identifier.
    #[get("v1/things/<r#type>")]
    async fn placeholder_raw(&self, r#type: &str) -> String;

    //~ The name of a placeholder has a dash.
    #[get("v1/things/<thing-id>")]
    async fn placeholder_with_dash(&self, thing_id: &str) -> String;

    //~ The name of a placeholder has spaces around it.
    #[get("v1/things/< id >")]
    async fn placeholder_with_spaces(&self, id: &str) -> String;

    //~ A placeholder has a type.
    #[get("v1/things/<id: u32>")]
    async fn placeholder_with_type(&self, id: u32) -> String;

    //~ A placeholder is not closed before the next segment.
    #[get("v1/things/<id/parts")]
    async fn unclosed_before_slash(&self, id: &str) -> String;

    //~ A placeholder of the query is not closed.
    #[get("v1/things?<limit&<offset>")]
    async fn unclosed_in_query(&self, limit: Option<u32>, offset: Option<u32>) -> String;

    //~ A placeholder is not closed.
    #[get("v1/things/<id")]
    async fn unclosed_placeholder(&self, id: &str) -> String;

    //~ A placeholder is not opened.
    #[get("v1/things/id>")]
    async fn closed_but_not_opened(&self, id: &str) -> String;

    //~ Two placeholders are not separated.
    #[get("v1/things/<kind><id>")]
    async fn placeholders_without_text_between(&self, kind: &str, id: &str) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
