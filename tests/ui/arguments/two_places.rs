//! Arguments with two places, and places with two arguments.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[post("v1/things")]
    //~ An argument has an attribute twice.
    async fn attribute_twice(&self, #[field("a")] #[field("b")] name: &str) -> String;

    #[post("v1/things")]
    //~ An argument has two attributes.
    async fn two_attributes(&self, #[field("name")] #[header("X-Name")] name: &str) -> String;

    #[post("v1/things")]
    //~ An argument is a field and the body.
    async fn field_and_body(&self, #[body] #[field("name")] name: &str) -> String;

    #[post("v1/things?<name>")]
    //~ An argument is a field and in the query.
    async fn field_and_query(&self, #[field("n")] name: &str) -> String;

    #[post("v1/things?<name>")]
    //~ An argument is the body and in the query.
    async fn body_and_query(&self, #[body] name: &str) -> String;

    #[get("v1/things/<id>")]
    //~ An argument is a header and in the path.
    async fn header_and_path(&self, #[header("X-Id")] id: &str) -> String;

    #[post("v1/things")]
    //~ Two fields have one name.
    async fn two_fields_of_one_name(&self, name: &str, #[field("name")] title: &str) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
