//! Invalid fixed pairs of the query.

use connectors_client::api_client;

//~ Pairs of the trait are a value.
#[api_client(query = "a=1")]
pub trait Value {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

#[api_client(query("shared" = 1))]
pub trait Things {
    #[get("v1/things?<shared>")]
    async fn list(&self, shared: Option<u8>) -> Vec<String>;

    //~ A pair has no name.
    #[get("v1/things", query("" = 1))]
    async fn unnamed(&self) -> Vec<String>;

    //~ A pair is given twice.
    #[get("v1/things", query(a = 1), query("a" = 2))]
    async fn twice(&self) -> Vec<String>;

    //~ A pair has no value.
    #[get("v1/things", query("a"))]
    async fn without_value(&self) -> Vec<String>;

    //~ The template has the pair.
    #[get("v1/things?a=1&b", query("a" = 2))]
    async fn in_template(&self) -> Vec<String>;

    //~ An argument sends the pair.
    #[get("v1/things?page_size=<size>", query(page_size = 2))]
    async fn argument(&self, size: Option<u8>) -> Vec<String>;

    //~ A pair beside a whole URL is never sent.
    #[get("", query(a = 2))]
    async fn url(&self, #[url] url: &str) -> Vec<String>;
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.list().shared(1).await?;
    client.unnamed().await?;
    Ok(())
}

fn main() {}
