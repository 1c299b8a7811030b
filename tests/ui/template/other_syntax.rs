//! Placeholders in the syntax of another framework.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ A placeholder is written as in OpenAPI.
    #[get("v1/things/{id}")]
    async fn braces(&self, id: &str) -> String;

    //~ A placeholder of the query is written in braces.
    #[get("v1/things?limit={limit}")]
    async fn braces_in_query(&self, limit: Option<u32>) -> String;

    //~ A placeholder is written as in `format!`.
    #[get("v1/things/{}")]
    async fn braces_without_name(&self, id: &str) -> String;

    //~ A placeholder is written as in Express.
    #[get("v1/things/:id")]
    async fn colon(&self, id: &str) -> String;

    //~ A placeholder in the middle is written as in Express.
    #[get("v1/things/:id/parts")]
    async fn colon_before_slash(&self, id: &str) -> String;

    //~ A placeholder of the query is written with a colon.
    #[get("v1/things?limit=:limit")]
    async fn colon_in_query(&self, limit: Option<u32>) -> String;

    //~ The argument would be a field if the template were right.
    #[post("v1/things/:id")]
    async fn colon_in_post(&self, id: &str);

    //~ The placeholder has text after it.
    #[get("v1/things/:id.json")]
    async fn colon_before_text(&self, id: &str) -> String;

    #[get("v1/things/:ids")]
    //~ The text is no placeholder of this argument.
    async fn colon_before_other_name(&self, id: &str) -> String;

    //~ All other arguments are in the query.
    #[get("v1/things/:id?<..>")]
    async fn colon_beside_all(&self, id: &str, limit: Option<u32>) -> String;

    //~ A placeholder is written as in a shell.
    #[get("v1/things/$id")]
    async fn dollar(&self, id: &str) -> String;

    //~ The rest of the path is written with a star.
    #[get("v1/files/*path")]
    async fn star(&self, path: &str) -> String;

    #[get("v1/things/id")]
    //~ The path names its argument without brackets.
    async fn segment_without_brackets(&self, id: &str) -> String;

    #[get("v1/things?limit")]
    //~ The query names its arguments without brackets.
    async fn names_without_brackets(&self, limit: Option<u32>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
