//! Types that a result cannot have.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things")]
    //~ The result is a `&str`.
    async fn borrowed_result(&self) -> &str;

    #[get("v1/things")]
    //~ The result holds a `&str`.
    async fn borrowed_result_in_option(&self) -> Option<&str>;

    #[get("v1/things")]
    //~ The result has a lifetime.
    async fn borrowed_result_with_lifetime<'a>(&'a self) -> std::borrow::Cow<'a, str>;

    #[get("v1/things")]
    //~ The result is a `&'static str`.
    async fn borrowed_static_result(&self) -> &'static str;

    #[get("v1/things")]
    //~ The result is a future.
    fn future(&self) -> impl Future<Output = String>;

    #[get("v1/things")]
    //~ The result is `impl Trait`.
    async fn impl_result(&self) -> impl Iterator<Item = String>;

    #[get("v1/things")]
    //~ The result holds an `impl Trait`.
    async fn impl_result_in_vec(&self) -> Vec<impl Sized>;

    #[get("v1/things")]
    //~ The result is to be inferred.
    async fn inferred_result(&self) -> _;

    #[get("v1/things")]
    //~ The result is a `Result`.
    async fn result(&self) -> Result<String, connectors_client::Error>;

    #[get("v1/things")]
    //~ The result is a `Result`, by its path.
    async fn result_by_path(&self) -> std::io::Result<String>;

    #[get("v1/things")]
    //~ The result is `Self`.
    async fn self_type_as_result(&self) -> Self;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
