//! Settings and questions that are elsewhere.

use std::time::Duration;

use connectors_client::{Error, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;

    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;
}

async fn timeout_of_a_call(things: ThingsClient) -> Result<String, Error> {
    //~ A call is given a timeout without options.
    things.get("x").timeout(Duration::from_secs(5)).await
}

async fn timeout_of_a_call_with_setters(things: ThingsClient) -> Result<Vec<String>, Error> {
    //~ A call with setters is given a timeout without options.
    things.list().limit(2).timeout(Duration::from_secs(5)).await
}

fn items_without_pages(things: BlockingThingsClient) {
    //~ An endpoint without pages is read as a list.
    let _ = things.get("x").items();
}

fn kind_as_a_variant(error: Error) -> bool {
    //~ The error is matched as an enum.
    matches!(error, Error::Api { .. })
}

fn main() {}
