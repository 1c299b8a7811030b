//! The trait asks for a kind of authentication.

use connectors_client::api_client;

#[api_client(auth = basic)]
pub trait Things {
    #[get("things")]
    async fn list(&self) -> Vec<String>;
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.list().await.map(drop)
}

fn main() {}
