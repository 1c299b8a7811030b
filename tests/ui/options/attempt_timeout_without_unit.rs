//! The limit of an attempt has no unit.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[post("v1/things", attempt_timeout = "5")]
    async fn create(&self, a: Option<u32>, b: Option<u32>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
