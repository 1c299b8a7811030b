//! An `Option` without its type.

use connectors_client::{ErrorClass, api_client};

fn error_body_of_no_type(error: &connectors_client::Error) -> Option<ThingsError> {
    error.class()
}

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/all?<name>")]
    //~ `Option` has no type.
    async fn option_without_type(&self, name: Option) -> String;
}

#[derive(ErrorClass)]
pub enum ThingsError {
    #[status(422)]
    //~ The `Option` of a body has no type.
    Invalid(Option),
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
