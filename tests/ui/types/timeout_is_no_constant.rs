//! The timeout is made by a function that is not `const`.

use connectors_client::api_client;

fn limit() -> std::time::Duration {
    std::time::Duration::from_secs(5)
}

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/all", timeout = limit())]
    async fn all(&self) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
