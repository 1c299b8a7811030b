//! Arguments with a type that cannot be sent.

use connectors_client::{Nullable, Part, api_client};

pub struct Id(pub u32);

pub enum Filter {
    All,
}

pub struct Range {
    pub limit: u32,
}

pub struct Trace;

pub struct Thing {
    pub name: String,
}

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ An argument of the path has a type that cannot be sent.
    async fn path_cannot_be_sent(&self, id: Id) -> String;

    #[get("v1/things/all?<filter>")]
    //~ An argument of the query has a type that cannot be sent.
    async fn query_cannot_be_sent(&self, filter: Option<Filter>) -> String;

    #[get("v1/things/all?<filter..>")]
    //~ A struct of the query cannot be sent.
    async fn query_struct_cannot_be_sent(&self, filter: Range) -> String;

    #[get("v1/things/all")]
    //~ A header has a type that cannot be sent.
    async fn header_cannot_be_sent(&self, #[header("X-Trace")] trace: Trace) -> String;

    #[post("v1/things")]
    //~ A field has a type that cannot be sent.
    async fn field_cannot_be_sent(&self, thing: Thing) -> String;

    #[post("v1/things")]
    //~ A field refers to a type that cannot be sent.
    async fn field_by_reference_cannot_be_sent(&self, name: &str, things: &[Thing]) -> String;

    #[post("v1/things")]
    //~ An optional field has a type that cannot be sent.
    async fn optional_field_cannot_be_sent(&self, name: &str, thing: Option<&Thing>) -> String;

    #[patch("v1/things/<id>")]
    //~ A nullable field has a type that cannot be sent.
    async fn nullable_field_cannot_be_sent(&self, id: &str, thing: Nullable<&Thing>) -> String;

    //~ A fixed field has a type that cannot be sent.
    #[post("v1/things", fields(stream = std::process::Command::new("a")))]
    async fn fixed_field_cannot_be_sent(&self, name: &str);

    #[post("v1/things")]
    //~ The body has a type that cannot be sent.
    async fn body_cannot_be_sent(&self, #[body] thing: &Thing) -> String;

    #[put("v1/things")]
    //~ A body cannot be sent in its type.
    async fn body_of_type_cannot_be_sent(&self, #[body(content_type = "text/csv")] rows: &[u32]);

    #[post("v1/things", multipart)]
    //~ A part cannot be sent.
    async fn part_cannot_be_sent(&self, thing: std::sync::mpsc::Sender<u8>);

    #[post("v1/things", multipart)]
    //~ Several parts are a list.
    async fn list_of_parts(&self, files: Vec<Part>);

    #[post("v1/things")]
    //~ A part belongs in a multipart form.
    async fn part_without_multipart(&self, data: Part);

    #[post("v1/things")]
    //~ A stream is a field.
    async fn stream_in_json(&self, thing: connectors_client::Body);
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
