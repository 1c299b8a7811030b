//! Names that are not in scope.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The constant of the timeout is not in scope.
    #[get("v1/things/all", timeout = LIMIT)]
    async fn timeout_is_missing(&self) -> String;
}

//~ The path of the crate leads nowhere.
#[api_client(crate = crate::http)]
pub trait CrateIsMissing {
    #[get("v1/things/all")]
    async fn all(&self) -> String;
}

#[api_client]
pub trait Plain {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

//~ The trait has no twin for trait objects, since the flag is missing.
fn dyn_compatible_missing(_: &dyn DynPlain) {}

//~ The error type is not in scope.
#[api_client(error = ThingsError)]
pub trait ErrorIsMissing {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/all")]
    async fn all(&self) -> String;
}

async fn error_is_missing(client: ErrorIsMissingClient, things: impl ErrorIsMissing) {
    let _ = client.list().await;
    let _ = client.with_raw_response().list().await;
    let _ = things.list().await;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
