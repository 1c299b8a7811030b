//! The error is a type that is no `ErrorClass`.

use connectors_client::api_client;

pub struct ThingsError;

#[api_client(error = ThingsError)]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/all")]
    async fn all(&self) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
