//! `poll` has words in its brackets.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("jobs/<id>", poll(every))]
    async fn list(&self, id: u64) -> String;
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.list(7).send().await?;
    let _ = client.list(7).poll();
    Ok(())
}

fn main() {}
