//! Invalid places of `#[fields]` and `empty_body`.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[post("v1/things", empty_body = none)]
    async fn create(&self, #[fields] thing: &std::collections::BTreeMap<String, u8>) -> String;

    #[post("v1/things")]
    //~ The fields have a name.
    async fn named(&self, #[fields("name")] thing: &Vec<u8>) -> String;

    #[post("v1/things")]
    //~ Fields are beside a whole body.
    async fn beside_body(&self, #[body] thing: &str, #[fields] more: &Vec<u8>) -> String;

    #[head("v1/things")]
    //~ A HEAD has fields.
    async fn on_head(&self, #[fields] thing: &Vec<u8>);

    #[post("v1/things")]
    //~ All fields together are nullable.
    async fn nullable(&self, #[fields] thing: Nullable<Vec<u8>>) -> String;

    //~ A required field is always sent.
    #[post("v1/things", empty_body = none)]
    async fn required(&self, name: &str) -> String;

    //~ There are no fields.
    #[post("v1/things", empty_body = none)]
    async fn without_fields(&self, #[body] name: &str) -> String;

    //~ The value is not `none`.
    #[post("v1/things", empty_body = "{}")]
    async fn value(&self, name: Option<&str>) -> String;
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.create(&Default::default()).await?;
    client.required("a").await?;
    Ok(())
}

fn main() {}
