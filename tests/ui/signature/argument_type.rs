//! Types that an argument cannot have.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ An argument is `impl Trait`.
    async fn impl_argument(&self, id: impl AsRef<str>) -> String;

    #[get("v1/things/<id>")]
    //~ An argument refers to an `impl Trait`.
    async fn impl_argument_by_reference(&self, id: &impl AsRef<str>) -> String;

    #[get("v1/things?<name>")]
    //~ An optional argument is `impl Trait`.
    async fn impl_argument_in_option(&self, name: Option<impl AsRef<str>>) -> String;

    #[get("v1/things/<id>")]
    //~ The type of an argument is to be inferred.
    async fn inferred_argument(&self, id: _) -> String;

    #[post("v1/things")]
    //~ An argument is `Self`.
    async fn self_type_as_argument(&self, thing: Self) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
