//! Attributes that an argument cannot have.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ An argument of an ordinary method has an attribute.
    async fn first(&self, #[header("X-Trace")] trace: &str) -> usize {
        trace.len()
    }

    #[get("v1/things")]
    //~ `self` has an attribute.
    async fn attribute_on_self(#[header("X-Name")] &self) -> String;

    #[get("v1/things?<limit>")]
    //~ An argument depends on a `cfg`.
    async fn cfg_on_argument(&self, #[cfg(unix)] limit: Option<u32>) -> String;

    #[post("v1/things")]
    //~ The attribute is unknown.
    async fn unknown_attribute(&self, #[cookie("session")] session: &str) -> String;

    #[get("v1/things")]
    //~ The attribute of an argument of a GET is unknown.
    async fn unknown_attribute_on_get(&self, #[cookie("session")] session: &str) -> String;

    #[post("v1/things")]
    //~ An attribute is misspelt.
    async fn misspelt_attribute(&self, #[Header("X-Name")] name: &str) -> String;

    #[post("v1/things")]
    //~ The body has an attribute `json`.
    async fn json_attribute(&self, #[json] thing: &str) -> String;

    #[post("v1/things")]
    //~ A field has an attribute of serde.
    async fn serde_attribute(&self, #[serde(rename = "n")] name: &str) -> String;

    #[get("v1/things/<id>")]
    //~ An argument has an attribute `path`.
    async fn path_attribute(&self, #[path] id: &str) -> String;

    #[get("v1/things")]
    //~ An argument has an attribute `query`.
    async fn query_attribute(&self, #[query] limit: Option<u32>) -> String;

    #[get("v1/things")]
    //~ An argument has an attribute `query` with a name.
    async fn query_attribute_with_name(&self, #[query("page_size")] limit: Option<u32>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
