//! Arguments that cannot hold the page.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The argument does not exist.
    #[get("things?<offset>", paginate(page))]
    async fn missing_argument(&self, offset: Option<u64>) -> Vec<String>;

    //~ The named argument does not exist.
    #[get("things?<offset>", paginate(offset = skip))]
    async fn missing_named_argument(&self, offset: Option<u64>) -> Vec<String>;

    //~ The argument is the whole body.
    #[post("things", paginate(cursor = at))]
    async fn body_as_place(&self, #[body] at: Option<&str>) -> Vec<String>;

    //~ The argument is a part of a form.
    #[post("things", multipart, paginate(cursor = at))]
    async fn part_as_place(&self, at: Option<&str>) -> Vec<String>;

    //~ The argument is several pairs.
    #[get("things?<at..>", paginate(cursor = at))]
    async fn rest_as_place(&self, at: Option<&[(&str, u8)]>) -> Vec<String>;

    //~ A link is followed by GET only.
    #[put("things", paginate(link))]
    async fn link_of_post(&self, offset: Option<u64>) -> Vec<String>;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    client.missing_argument().send().await?;
    let _ = client.missing_argument().items();
    client.missing_named_argument().send().await?;
    let _ = client.missing_named_argument().items();
    client.body_as_place().send().await?;
    let _ = client.body_as_place().items();
    client.part_as_place().send().await?;
    let _ = client.part_as_place().items();
    client.rest_as_place().send().await?;
    let _ = client.rest_as_place().items();
    client.link_of_post().send().await?;
    let _ = client.link_of_post().items();
    Ok(())
}

fn main() {}
