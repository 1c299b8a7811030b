//! A trait has nine mistakes. The sound endpoints are used, and no error follows.

use std::sync::Arc;

use connectors_client::{Client, Error, Fake, FakeReply, Nullable, RequestOptions, api_client};

//~ An option is unknown.
#[api_client(base_url = "https://api.example.com")]
pub trait Things {
    #[get("v1/things?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    #[patch("v1/things/<id>")]
    async fn update(&self, id: &str, name: Nullable<&str>);

    //~ A placeholder has no argument.
    #[get("v1/things/<id>/parts/<part>")]
    async fn get(&self, id: &str) -> String;

    //~ A placeholder is in braces.
    #[get("v1/things/{id}")]
    async fn open(&self, id: &str) -> String;

    //~ A timeout has no unit.
    #[post("v1/things", timeout = "5")]
    async fn create(&self, name: &str) -> String;

    #[delete("v1/things/<id>")]
    //~ An argument of the path is optional.
    async fn delete(&self, id: Option<&str>);

    #[put("v1/things/<id>")]
    //~ The receiver is mutable.
    async fn replace(&mut self, id: &str, #[body] thing: &str) -> String;

    #[post("v1/things/<id>/parts")]
    //~ The name of a header has a space.
    async fn add(&self, id: &str, #[header("X Part")] part: &str) -> String;

    #[head("v1/things/<id>")]
    //~ The result is a `Result`.
    async fn exists(&self, id: &str) -> Result<(), Error>;

    //~ An endpoint has no method.
    async fn count(&self) -> u32;

    async fn first(&self) -> Option<String> {
        self.list(Some(1)).await.ok()?.pop()
    }
}

async fn calls(client: &Client) -> Result<(), Error> {
    let things = ThingsClient::new(client.clone()).with_options(RequestOptions::new());
    let all = things.list().limit(10).await?;
    things.update(&all[0]).name_null().await?;
    let raw: RawThingsClient = things.with_raw_response();
    let names: Vec<String> = raw.list().maybe_limit(None).await?.data;
    generic(things, names).await
}

fn calls_blocking(client: &Client) -> Result<(), Error> {
    let things = BlockingThingsClient::new(client.clone());
    things.update("x").name("y").send()?;
    let raw: BlockingRawThingsClient = things.with_raw_response();
    let names: Vec<String> = raw.list().send()?.data;
    assert!(names.is_empty());
    Ok(())
}

async fn generic(things: impl Things, names: Vec<String>) -> Result<(), Error> {
    let things = Arc::new(things);
    (&things).update(&names[0], Nullable::Null).await?;
    assert_eq!(things.first().await, None);
    Ok(())
}

struct None_;

impl Things for None_ {
    async fn list(&self, _: Option<u32>) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    async fn update(&self, id: &str, _: Nullable<&str>) -> Result<(), Error> {
        Err(Error::fake(404, id.to_owned()))
    }
}

async fn fakes() -> Result<(), Error> {
    generic(None_, Vec::new()).await?;
    let fake = Fake::new().on(ThingsClient::LIST, |_| FakeReply::json(200, ["x"]));
    let request: ThingsListRequest = ThingsClient::new(fake.client()).list();
    request.await?;
    Ok(())
}

fn main() {}
