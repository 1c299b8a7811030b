//! The flag for trait objects is given twice.

use connectors_client::api_client;

#[api_client(dyn_compatible, dyn_compatible)]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

struct Service {
    things: std::sync::Arc<dyn DynThings>,
}

async fn uses(service: Service, client: ThingsClient) -> Result<(), connectors_client::Error> {
    service.things.list().await?;
    client.list().await?;
    Ok(())
}

fn main() {}
