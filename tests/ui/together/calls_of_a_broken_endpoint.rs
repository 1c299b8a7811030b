//! A broken endpoint is called throughout a program: only the mistake is shown.

use connectors_client::{Error, Fake, FakeReply, api_client};

#[api_client]
pub trait Things {
    //~ A placeholder is in braces.
    #[get("v1/{things}?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), Error> {
    things.list(None).await?;
    client.list().await?;
    client.list().limit(10).await?;
    client.with_raw_response().list().await?.status();
    let request: ThingsListRequest = client.list();
    request.await?;
    Ok(())
}

fn uses_blocking(client: BlockingThingsClient) -> Result<Vec<String>, Error> {
    client.list().maybe_limit(None).send()
}

fn fakes() -> Fake {
    Fake::new().on(ThingsClient::LIST, |_| FakeReply::json(200, ["x"]))
}

fn main() {}
