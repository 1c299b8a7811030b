//! Placeholders and arguments that do not match.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The template names an argument that does not exist.
    #[get("v1/things/<id>")]
    async fn placeholder_without_argument(&self) -> String;

    //~ The query names an argument that does not exist.
    #[get("v1/things?<limit>")]
    async fn query_placeholder_without_argument(&self) -> String;

    //~ The argument is spelt in another way than in the template.
    #[get("v1/things/<thing_id>")]
    async fn placeholder_misspelt(&self, thingid: &str) -> String;

    //~ The template names an argument twice.
    #[get("v1/things/<id>/parts/<id>")]
    async fn duplicate_placeholder(&self, id: &str) -> String;

    //~ The template names an argument in the path and in the query.
    #[get("v1/things/<id>?<id>")]
    async fn placeholder_in_path_and_query(&self, id: &str) -> String;

    //~ `<..>` is in the path.
    #[get("v1/things/<..>")]
    async fn everything_in_path(&self, id: &str) -> String;

    //~ `<..>` is in the query twice.
    #[get("v1/things?<..>&<..>")]
    async fn everything_twice(&self, limit: Option<u32>) -> String;

    //~ The rest of the path is not last.
    #[get("v1/files/<path..>/meta")]
    async fn rest_not_last(&self, path: &str) -> String;

    //~ The rest of the path shares its segment with text.
    #[get("v1/files/f-<path..>")]
    async fn rest_shares_its_segment(&self, path: &str) -> String;

    //~ The pairs of a struct have a name.
    #[get("v1/things?filter=<filter..>")]
    async fn rest_with_a_name_of_its_own(&self, filter: Option<&str>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
