//! A setter is given an `Option`.

use connectors_client::{Error, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;
}

async fn uses(things: ThingsClient, limit: Option<u32>) -> Result<(), Error> {
    things.list().limit(limit).await?;
    Ok(())
}

fn main() {}
