//! Names that a header field cannot have.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things")]
    //~ The length of the body is an argument.
    async fn content_length(&self, #[header("Content-Length")] length: u64) -> String;

    #[get("v1/things")]
    //~ The host is an argument.
    async fn host(&self, #[header("Host")] host: &str) -> String;

    #[get("v1/things")]
    //~ The name of a header has a letter outside ASCII.
    async fn name_outside_ascii(&self, #[header("X-Größe")] trace: &str) -> String;

    #[get("v1/things")]
    //~ The name of a header ends with a colon.
    async fn name_with_colon(&self, #[header("X-Trace:")] trace: &str) -> String;

    #[get("v1/things")]
    //~ The name of a header has a space.
    async fn name_with_space(&self, #[header("X Trace")] trace: &str) -> String;

    #[get("v1/things")]
    //~ A header has its value in its name.
    async fn name_with_value(&self, #[header("Accept: text/csv")] trace: &str) -> String;

    #[get("v1/things")]
    //~ Two arguments are one header.
    async fn same_header(&self, #[header("X-Trace")] trace: &str, #[header("x-trace")] other: &str) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
