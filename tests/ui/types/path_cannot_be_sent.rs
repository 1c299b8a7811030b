//! An argument of the path has a type that cannot be sent.

use connectors_client::api_client;

pub struct Id(pub u32);

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/<id>")]
    async fn get(&self, id: Id) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
