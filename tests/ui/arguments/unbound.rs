//! Arguments of a request without a body that the template does not name.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things")]
    //~ The template of a GET does not name the argument.
    async fn unbound_on_get(&self, limit: Option<u32>) -> String;

    #[get("v1/things?<limit>")]
    //~ The template of a GET with a query does not name the argument.
    async fn unbound_on_get_with_query(&self, limit: Option<u32>, offset: Option<u32>) -> String;

    #[get("v1/things")]
    //~ The template of a GET does not name the argument, which is a keyword.
    async fn unbound_keyword(&self, r#type: Option<&str>) -> String;

    #[delete("v1/things/<id>")]
    //~ The template of a DELETE does not name the argument.
    async fn unbound_on_delete(&self, id: &str, force: Option<bool>);

    #[head("v1/things")]
    //~ The template of a HEAD does not name the argument.
    async fn unbound_on_head(&self, id: &str);

    #[options("v1/things")]
    //~ The template of an OPTIONS does not name the argument.
    async fn unbound_on_options(&self, id: &str);
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
