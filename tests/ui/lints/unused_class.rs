//! A class is never constructed by hand, which does not make it dead. An unused type beside it is.

#![deny(warnings, dead_code)]

use connectors_client::{Error, ErrorClass, api_client};

#[api_client(error = ThingsError)]
trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

#[derive(Clone, Copy, PartialEq, ErrorClass)]
enum ThingsError {
    #[status(404)]
    NotFound,
    #[status(other)]
    Other,
}

//~ Only this type is unused.
struct Unused;

pub async fn uses(client: &connectors_client::Client) -> Result<(), Error> {
    let things = ThingsClient::new(client.clone());
    match things.list().await {
        Err(error) if error.class() == Some(ThingsError::NotFound) => Ok(()),
        other => other.map(drop),
    }
}

fn main() {}
