//! An optional field has a type that cannot be sent.

use connectors_client::api_client;

pub struct Thing {
    pub name: String,
}

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[post("v1/things")]
    async fn create(&self, name: &str, thing: Option<&Thing>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
