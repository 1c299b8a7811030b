//! Invalid fixed fields.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The field is an argument too.
    #[post("v1/things", fields(name = 5))]
    async fn and_argument(&self, name: &str);

    //~ The field is an argument too, and its name is escaped in the error.
    #[post("v1/things", fields("it's" = 5))]
    async fn and_quoted_argument(&self, #[field("it's")] name: &str);

    //~ The fields are a value.
    #[post("v1/things", fields = true)]
    async fn as_value(&self, name: &str);

    //~ The brackets are missing.
    #[post("v1/things", fields)]
    async fn bare(&self, name: &str);

    //~ The fields have no values.
    #[post("v1/things", fields(a, b))]
    async fn names(&self, name: &str);

    //~ The value is missing.
    #[post("v1/things", fields(stream = ))]
    async fn value_missing(&self, name: &str);

    //~ The field is beside a whole body.
    #[post("v1/things", fields(stream = true))]
    async fn beside_body(&self, #[body] name: &str);

    //~ The name of the field is empty.
    #[post("v1/things", fields("" = true))]
    async fn empty_name(&self, name: &str);

    //~ A HEAD has a field.
    #[head("v1/things", fields(stream = true))]
    async fn on_head(&self, #[header("X-A")] name: &str);

    //~ The field is given twice.
    #[post("v1/things", fields(stream = true, stream = false))]
    async fn twice(&self, name: &str);
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
