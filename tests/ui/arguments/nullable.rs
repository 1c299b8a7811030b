//! Arguments that cannot be `Nullable` or `Option`.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[post("v1/things")]
    //~ The whole body is `Nullable`.
    async fn nullable_body(&self, #[body] thing: Nullable<&str>) -> String;

    #[get("v1/things?<limit>")]
    //~ `Nullable` is written with its path.
    async fn nullable_by_full_path(&self, limit: connectors_client::Nullable<u32>) -> String;

    #[get("v1/things")]
    //~ A header is `Nullable`.
    async fn nullable_header(&self, #[header("X-Trace")] trace: Nullable<&str>) -> String;

    #[get("v1/things/<id>")]
    //~ An argument of the path is `Nullable`.
    async fn nullable_in_path(&self, id: Nullable<&str>) -> String;

    #[get("v1/things?<limit>")]
    //~ An argument of the query is `Nullable`.
    async fn nullable_in_query(&self, limit: Nullable<u32>) -> String;

    #[get("v1/things?<..>")]
    //~ An argument of the query is `Nullable`, by `<..>`.
    async fn nullable_in_spread_query(&self, limit: Nullable<u32>) -> String;

    #[get("v1/things/<id>")]
    //~ An argument of the path is optional.
    async fn option_in_path(&self, id: Option<&str>) -> String;

    #[get("v1/files/<path..>")]
    //~ The rest of the path is optional.
    async fn option_in_rest_of_path(&self, path: Option<&str>) -> String;

    #[post("v1/things")]
    //~ `Nullable` is inside `Option`.
    async fn option_of_nullable(&self, name: Option<Nullable<&str>>) -> String;

    #[post("v1/things")]
    //~ An optional argument is optional.
    async fn option_of_option(&self, name: Option<Option<&str>>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
