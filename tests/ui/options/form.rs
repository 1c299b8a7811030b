//! Options in a wrong form.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ A value is missing.
    #[post("v1/things", timeout)]
    async fn value_missing(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A value is in brackets.
    #[post("v1/things", timeout("5s"))]
    async fn value_in_brackets(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A flag has a value.
    #[post("v1/things", idempotent = true)]
    async fn flag_with_value(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A flag has brackets.
    #[post("v1/things", idempotent())]
    async fn flag_with_brackets(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ The name of the request is a text.
    #[post("v1/things", request = "CreateThing")]
    async fn request_is_text(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ The name of the request is a path.
    #[post("v1/things", request = things::CreateThing)]
    async fn request_is_path(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A flag has a value.
    #[get("v1/things", multipart = true)]
    async fn multipart_with_value(&self) -> Option<String>;

    //~ The error of an endpoint has no value.
    #[post("v1/things", error)]
    async fn error_bare(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ The error of an endpoint is a text.
    #[post("v1/things", error = "CreateError")]
    async fn error_is_text(&self, a: Option<u32>, b: Option<u32>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
