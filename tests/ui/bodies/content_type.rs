//! Invalid forms of `#[body]`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[post("v1/things")]
    //~ The option of the body is unknown.
    async fn body_with_form(&self, #[body(json)] thing: &str) -> String;

    #[post("v1/things")]
    //~ The body has a name.
    async fn body_with_name(&self, #[body = "thing"] thing: &str) -> String;

    #[put("v1/things")]
    //~ The content type is in the brackets alone.
    async fn text_in_brackets(&self, #[body("text/csv")] thing: &str);

    #[put("v1/things")]
    //~ The content type has no slash.
    async fn content_type_without_slash(&self, #[body(content_type = "json")] thing: &str);

    #[put("v1/things")]
    //~ The content type has no subtype.
    async fn content_type_without_subtype(&self, #[body(content_type = "text/")] thing: &str);

    #[put("v1/things")]
    //~ The content type has a space.
    async fn content_type_with_space(&self, #[body(content_type = "plain text/csv")] thing: &str);

    #[put("v1/things")]
    //~ The content type is a number.
    async fn content_type_is_number(&self, #[body(content_type = 5)] thing: &str);

    #[put("v1/things")]
    //~ The content type is given twice.
    async fn content_type_twice(&self, #[body(content_type = "a/b", content_type = "a/b")] thing: &str);

    #[put("v1/things")]
    //~ The content type has no value.
    async fn content_type_without_value(&self, #[body(content_type)] thing: &str);
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
