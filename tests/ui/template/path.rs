//! Paths that a URL cannot have.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The template has a scheme and a host.
    #[get("https://api.example.com/v1/things")]
    async fn scheme(&self) -> String;

    //~ The template has a host.
    #[get("//api.example.com/v1/things")]
    async fn host(&self) -> String;

    //~ The template has a fragment.
    #[get("v1/things#<id>")]
    async fn fragment(&self, id: &str) -> String;

    //~ The path has a segment `.`.
    #[get("./v1/things")]
    async fn current_segment(&self) -> String;

    //~ The path has a segment `..`.
    #[get("v1/../things")]
    async fn parent_segment(&self) -> String;

    //~ The path has an encoded segment `..`.
    #[get("v1/%2e%2e/things")]
    async fn parent_segment_encoded(&self) -> String;

    //~ The path has an empty segment.
    #[get("v1//things")]
    async fn empty_segment(&self) -> String;

    //~ The path is written with a backslash.
    #[get("v1\\things")]
    async fn backslash(&self) -> String;

    //~ A percent sign does not begin an escape.
    #[get("v1/100%/things")]
    async fn bad_percent(&self) -> String;

    //~ The path has a letter outside ASCII.
    #[get("v1/dünger")]
    async fn letter_outside_ascii(&self) -> String;

    //~ The template has a line break.
    #[get("v1/things\n")]
    async fn newline(&self) -> String;

    //~ The path has a space.
    #[get("v1/my things")]
    async fn space_in_path(&self) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
