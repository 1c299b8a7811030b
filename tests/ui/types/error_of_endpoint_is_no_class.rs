//! The error of an endpoint is a type that is no `ErrorClass`.

use connectors_client::{ErrorClass, api_client};

#[derive(ErrorClass)]
pub enum ThingsError {
    #[status(other)]
    Other,
}

pub struct CreateError;

#[api_client(error = ThingsError)]
pub trait Things {
    #[post("v1/things", error = CreateError)]
    async fn create(&self, name: &str) -> String;

    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().create("x").await?;
    things.create("x").await?;
    Ok(())
}

fn main() {}
