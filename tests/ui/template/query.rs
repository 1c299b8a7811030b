//! Queries with invalid pairs.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ A placeholder of the query is not opened.
    #[get("v1/things?limit>")]
    async fn closed_but_not_opened_in_query(&self, limit: Option<u32>) -> String;

    //~ The pairs of the query are separated by a comma.
    #[get("v1/things?<limit>,<offset>")]
    async fn comma_in_query(&self, limit: Option<u32>, offset: Option<u32>) -> String;

    //~ The query has an empty pair.
    #[get("v1/things?<limit>&&<offset>")]
    async fn empty_pair(&self, limit: Option<u32>, offset: Option<u32>) -> String;

    //~ The query is written encoded.
    #[get("v1/things?q=a%20b")]
    async fn encoded_query(&self) -> String;

    //~ Nothing follows the question mark.
    #[get("v1/things?")]
    async fn nothing_after_question_mark(&self) -> String;

    //~ A pair has no name.
    #[get("v1/things?=<limit>")]
    async fn pair_without_name(&self, limit: Option<u32>) -> String;

    //~ A pair has text after its placeholder.
    #[get("v1/things?limit=<limit>px")]
    async fn text_after_placeholder_in_pair(&self, limit: Option<u32>) -> String;

    //~ A pair has text before its placeholder.
    #[get("v1/things?range=from-<start>")]
    async fn text_before_placeholder_in_pair(&self, start: Option<u32>) -> String;

    //~ The query ends with an ampersand.
    #[get("v1/things?<limit>&")]
    async fn trailing_ampersand(&self, limit: Option<u32>) -> String;

    //~ The pairs of the query are separated by a second question mark.
    #[get("v1/things?<limit>?<offset>")]
    async fn two_question_marks(&self, limit: Option<u32>, offset: Option<u32>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
