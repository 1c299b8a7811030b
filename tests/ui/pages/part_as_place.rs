//! The argument is a part of a form.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[post("things", multipart, paginate(cursor = at))]
    async fn list(&self, at: Option<&str>) -> Vec<String>;
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.list().send().await?;
    let _ = client.list().items();
    Ok(())
}

fn main() {}
