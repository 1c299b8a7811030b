//! Bodies that have no place, or leave none.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[put("v1/things/<id>")]
    //~ The body is in the path.
    async fn body_in_path(&self, #[body] id: &str) -> String;

    #[get("v1/things")]
    //~ An argument is unmarked beside the body of a GET.
    async fn body_on_get(&self, #[body] filter: &str, limit: Option<u32>) -> String;

    #[head("v1/things")]
    //~ A HEAD has a body.
    async fn body_on_head(&self, #[body] filter: &str);

    #[get("v1/things")]
    //~ An argument is unmarked beside a field of a GET.
    async fn field_on_get(&self, #[field] limit: Option<u32>, offset: Option<u32>) -> String;

    #[head("v1/things")]
    //~ A HEAD has a field.
    async fn field_on_head(&self, #[field] limit: Option<u32>);

    #[post("v1/things")]
    //~ A request has two bodies.
    async fn two_bodies(&self, #[body] first: &str, #[body] second: &str) -> String;

    #[post("v1/things")]
    //~ An argument is beside a whole body.
    async fn field_beside_body(&self, #[body] thing: &str, dry_run: Option<bool>) -> String;

    #[post("v1/things")]
    //~ A named field is beside a whole body.
    async fn named_field(&self, #[body] thing: &str, #[field("dry-run")] dry_run: Option<bool>) -> String;

    #[put("v1/things", multipart)]
    //~ A multipart form has a whole body.
    async fn content_type_in_multipart(&self, #[body(content_type = "a/b")] thing: &str);
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
