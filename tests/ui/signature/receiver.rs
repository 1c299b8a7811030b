//! Endpoints that do not take `&self`.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things")]
    //~ `&mut self` is in place of `&self`.
    async fn mut_self(&mut self) -> String;

    #[get("v1/things")]
    //~ `self` is in place of `&self`.
    async fn self_by_value(self) -> String;

    #[get("v1/things")]
    //~ `self` is in an `Arc`.
    async fn self_in_arc(self: std::sync::Arc<Self>) -> String;

    #[get("v1/things")]
    //~ `&self` is missing.
    async fn without_self() -> String;

    #[get("v1/things/<id>")]
    //~ `&self` is missing before an argument.
    async fn without_self_with_argument(id: &str) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
