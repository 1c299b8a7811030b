//! Invalid `#[url]` arguments.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("")]
    //~ A URL is a header.
    async fn and_header(&self, #[url] #[header("X-A")] link: &str);

    #[get("")]
    //~ An argument stands beside a whole URL.
    async fn beside_argument(&self, #[url] link: &str, page: Option<u8>);

    //~ A URL stands beside a query.
    #[get("?<page>")]
    async fn beside_query(&self, page: u8, #[url] link: &str);

    //~ A URL stands beside a template.
    #[get("v1/things")]
    async fn beside_template(&self, #[url] link: &str);

    #[get("v1/<link>")]
    //~ A URL is in the template.
    async fn in_template(&self, #[url] link: &str);

    #[get("v1/things")]
    //~ A URL can be null.
    async fn nullable(&self, #[url] link: connectors_client::Nullable<&str>);

    #[get("")]
    //~ Two arguments are the URL.
    async fn twice(&self, #[url] link: &str, #[url] other: &str);

    #[get("")]
    //~ A URL has a name.
    async fn with_name(&self, #[url("link")] link: &str);
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
