//! The header of the key is a number.

use connectors_client::api_client;

#[api_client(idempotency_key = 5)]
pub trait Things {
    #[post("things")]
    async fn make(&self) -> String;
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.make().await.map(drop)
}

fn main() {}
