//! `paginate` is there twice.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("things?<offset>", paginate(offset), paginate(link))]
    async fn list(&self, offset: Option<u64>) -> Vec<String>;
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.list().send().await?;
    let _ = client.list().items();
    Ok(())
}

fn main() {}
