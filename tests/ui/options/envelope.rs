//! Invalid envelopes.

use connectors_client::api_client;

//~ No endpoint has an envelope.
#[api_client(envelope = none)]
pub trait Bare {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

//~ The envelope of a trait is a number.
#[api_client(envelope = 5)]
pub trait Numbered {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

#[api_client(envelope = "data")]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The envelope has no name.
    #[get("v1/things", envelope = "")]
    async fn unnamed(&self) -> Vec<String>;

    //~ The envelope is not in quotes.
    #[get("v1/things", envelope = data)]
    async fn unquoted(&self) -> Vec<String>;

    //~ The envelope is bare.
    #[get("v1/things", envelope)]
    async fn alone(&self) -> Vec<String>;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.unnamed().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
