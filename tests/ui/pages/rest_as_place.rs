//! The argument is several pairs.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("things?<at..>", paginate(cursor = at))]
    async fn list(&self, at: Option<&[(&str, u8)]>) -> Vec<String>;
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.list().send().await?;
    let _ = client.list().items();
    Ok(())
}

fn main() {}
