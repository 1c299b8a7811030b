//! Types that are not in scope. rustc meets each more than once.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[post("v1/things")]
    //~ The type of an argument is not in scope.
    //~ Reported again.
    async fn argument_type_is_missing(&self, thing: Option<Thing>) -> String;

    #[get("v1/things/<id>")]
    //~ The type of a result is not in scope.
    //~ Reported again.
    async fn result_type_is_missing(&self, id: &str) -> Thing;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
