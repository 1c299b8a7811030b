//! Timeouts that are not a constant `Duration`.

use connectors_client::api_client;

fn limit() -> std::time::Duration {
    std::time::Duration::from_secs(5)
}

const LIMIT: u64 = 5;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The timeout is made by a function that is not `const`.
    #[get("v1/things/all", timeout = limit())]
    async fn timeout_is_not_constant(&self) -> String;

    //~ The timeout is a constant of another type.
    #[get("v1/things/all", timeout = LIMIT)]
    async fn timeout_is_not_a_duration(&self) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
