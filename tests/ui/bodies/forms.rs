//! Invalid forms and multipart forms.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[post("v1/things", form)]
    //~ The form has a whole body.
    async fn form_with_body(&self, #[body] thing: &str) -> String;

    //~ The flag has a value.
    #[post("v1/things", form = true)]
    async fn form_with_value(&self, name: &str) -> String;

    //~ The form has no fields.
    #[post("v1/things", form)]
    async fn form_without_fields(&self) -> String;

    //~ A form has two formats.
    #[post("v1/things", form, multipart)]
    async fn multipart_and_form(&self, thing: &str);

    #[get("v1/things", multipart)]
    //~ A GET has parts.
    async fn multipart_on_get(&self, thing: &str);

    //~ A multipart form has no fields.
    #[post("v1/things?<thing>", multipart)]
    async fn multipart_without_fields(&self, thing: &str);

    #[post("v1/things", form)]
    //~ A field of the form can be null.
    async fn nullable_in_form(&self, name: Nullable<&str>) -> String;

    #[post("v1/things", multipart)]
    //~ A part can be null.
    async fn nullable_in_multipart(&self, thing: connectors_client::Nullable<&str>);

    #[post("v1/things", form)]
    //~ Two fields have one name.
    async fn two_fields_of_one_name(&self, name: &str, #[field("name")] other: &str) -> String;

    #[post("v1/things", multipart)]
    //~ Two parts have one name.
    async fn two_parts_of_one_name(&self, thing: &str, #[field("thing")] other: &str);
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
