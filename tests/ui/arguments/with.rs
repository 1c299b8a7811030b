//! Invalid forms and places of `#[with]`.

use connectors_client::{FromResponse, Part, api_client};

mod own {
    pub fn serialize<S: serde::Serializer>(_: &u32, _: S) -> Result<S::Ok, S::Error> {
        unimplemented!()
    }
}

#[api_client]
pub trait Things {
    #[get("v1/things/<id>")]
    async fn get(&self, #[with(own)] id: u32) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ The module is missing.
    async fn bare(&self, #[with] id: u32) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ The module is in quotes.
    async fn quoted(&self, #[with("own")] id: u32) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ There are two modules.
    async fn twice(&self, #[with(own)] #[with(own)] id: u32) -> Vec<String>;

    #[post("v1/things")]
    //~ A body is not serialized as a value.
    async fn body(&self, #[body] #[with(own)] thing: u32) -> Vec<String>;

    #[post("v1/things", multipart)]
    //~ A part is not serialized as a value.
    async fn part(&self, #[with(own)] thing: Part) -> Vec<String>;

    #[get("")]
    //~ A URL is not serialized as a value.
    async fn url(&self, #[url] #[with(own)] next: &str) -> Vec<String>;

    #[get("v1/things/<id>")]
    //~ The endpoint has a lifetime.
    async fn lifetime<'a>(&self, #[with(own)] id: &'a u32) -> Vec<String>;
}

#[derive(FromResponse)]
pub struct Misplaced {
    //~ The body is not a header.
    #[with(own)]
    #[body]
    things: Vec<String>,
    #[header("X-Id")]
    //~ The module is missing in a response.
    #[with]
    id: u32,
}

async fn uses(client: ThingsClient) -> Result<(), connectors_client::Error> {
    client.get(1).await?;
    client.bare(1).await?;
    Ok(())
}

fn main() {}
