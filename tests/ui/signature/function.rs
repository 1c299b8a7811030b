//! Functions that cannot be an endpoint.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things")]
    //~ An endpoint is not `async`.
    fn not_async(&self) -> String;

    #[get("v1/things")]
    //~ An endpoint is `unsafe`.
    async unsafe fn unsafe_endpoint(&self) -> String;

    #[get("v1/things")]
    //~ An endpoint has an ABI.
    async extern "C" fn extern_endpoint(&self) -> String;

    #[post("v1/things")]
    //~ An endpoint has a const parameter.
    async fn const_parameter<const N: usize>(&self, names: [&str; N]) -> String;

    #[get("v1/things/<id>")]
    //~ An endpoint has a type parameter.
    async fn type_parameter<T: AsRef<str>>(&self, id: T) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
