//! Invalid marks of a failure.

use connectors_client::api_client;

#[api_client(failed(ok = false))]
pub trait Things {
    #[get("v1/things", failed(error))]
    async fn list(&self) -> Vec<String>;

    #[head("v1/things")]
    async fn exists(&self);

    //~ A response to HEAD has no body.
    #[head("v1/things", failed(ok = false))]
    async fn head(&self);

    #[get("v1/things", failed(code = 5, error.code = -1.5, "a.b" = true))]
    async fn number(&self) -> Vec<String>;

    #[get("v1/things", failed("odata.error", meta."a.b"))]
    async fn quoted(&self) -> Vec<String>;

    //~ The value is a character.
    #[get("v1/things", failed(ok = 'x'))]
    async fn character(&self) -> Vec<String>;

    //~ The path ends with a dot.
    #[get("v1/things", failed(error.))]
    async fn dot(&self) -> Vec<String>;
}

//~ The mark of a trait is bare.
#[api_client(failed)]
pub trait Bare {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.exists().await?;
    Ok(())
}

fn main() {}
