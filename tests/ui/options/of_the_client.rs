//! Settings of the client that are written as options.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ Requests in flight are limited on the client.
    #[post("v1/things", max_in_flight = 3)]
    async fn in_flight(&self, a: Option<u32>) -> String;

    //~ The facts about a rate are obeyed by the client.
    #[get("v1/things", follow_rate_limit)]
    async fn followed(&self) -> String;

    //~ A rate is a setting of the client, under another name.
    #[get("v1/things", rate_limit = 10)]
    async fn rate(&self) -> String;

    //~ Another origin is allowed on the client.
    #[get("", allow_origin = "https://uploads.example.com")]
    async fn elsewhere(&self, #[url] link: &str) -> String;
}

//~ Another origin is allowed on the client, not on the trait.
#[api_client(allow_origin = "https://uploads.example.com")]
pub trait Uploads {
    #[get("")]
    async fn get(&self, #[url] link: &str) -> String;
}

//~ A rate is a setting of the client, not of the trait.
#[api_client(rate(10, "1s"))]
pub trait Rates {
    #[get("v1/rates")]
    async fn list(&self) -> String;
}

async fn uses(client: ThingsClient, uploads: UploadsClient) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.in_flight().a(1).await?;
    uploads.get("https://uploads.example.com/a").await?;
    Ok(())
}

fn main() {}
