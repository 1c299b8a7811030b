//! Unknown options.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ An option is unknown.
    #[post("v1/things", retries = 3)]
    async fn unknown(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ An option is misspelt.
    #[post("v1/things", timout = "5s")]
    async fn misspelt(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ An option has the name of the attribute of an argument.
    #[post("v1/things", header("X-Version" = "2"))]
    async fn singular(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ The default is written as an option.
    #[post("v1/things", json)]
    async fn json(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ The return type is written as an option.
    #[post("v1/things", stream)]
    async fn stream(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ An option is like no other.
    #[post("v1/things", cache = "5m")]
    async fn like_none(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ An option of the trait is given to an endpoint.
    #[post("v1/things", prefix = "v1")]
    async fn of_the_trait(&self, a: Option<u32>, b: Option<u32>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
