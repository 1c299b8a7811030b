//! Method attributes without a valid template.

use connectors_client::api_client;

const PATH: &str = "v1/things";

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ A template is not first.
    #[get(idempotent, "v1/things")]
    async fn template_after_option(&self) -> String;

    //~ A template is bytes.
    #[get(b"v1/things")]
    async fn template_is_bytes(&self) -> String;

    //~ A template is a constant.
    #[get(PATH)]
    async fn template_is_constant(&self) -> String;

    //~ A template is a macro.
    #[get(concat!("v1/", "things"))]
    async fn template_is_macro(&self) -> String;

    //~ The template has a name.
    #[get(path = "v1/things")]
    async fn template_named(&self) -> String;

    //~ The template is not in quotes.
    #[get(v1/connectors)]
    async fn template_unquoted(&self) -> String;

    //~ A template follows an equals sign.
    #[get = "v1/things"]
    async fn template_with_equals(&self) -> String;

    //~ The endpoint has two templates.
    #[get("v1/things", "v2/things")]
    async fn two_templates(&self) -> String;

    //~ The brackets are empty.
    #[get()]
    async fn with_empty_brackets(&self) -> String;

    //~ The brackets are missing.
    #[get]
    async fn without_template(&self) -> String;

    //~ A request has no method.
    #[request("v1/things")]
    async fn request_without_method(&self) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
