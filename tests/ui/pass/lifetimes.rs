//! Lifetimes in signatures.

#![deny(warnings)]
#![allow(clippy::needless_borrow)]

use std::borrow::Cow;

use connectors_client::{Error, Fake, FakeReply, Nullable, api_client};

#[derive(serde::Serialize)]
struct Thing<'a> {
    name: &'a str,
    tags: &'a [Cow<'a, str>],
}

#[api_client]
trait Things {
    #[post("things/<id>")]
    async fn create<'a>(&self, id: &'a str, thing: Thing<'a>, note: Nullable<&'a str>) -> String;

    #[get("things?<name>")]
    async fn find<'a, 'b: 'a>(&'a self, name: Option<&'b str>) -> Vec<String>;

    #[put("things")]
    async fn replace<'a>(
        &self,
        #[body] things: &[Thing<'a>],
        #[header("X-Note")] note: Option<Cow<'_, str>>,
    ) where
        'a: 'a;

    #[get("things/<name>")]
    async fn constant(&self, name: &'static str) -> String;
}

struct Echo;

impl Things for Echo {
    async fn create<'a>(
        &self,
        id: &'a str,
        thing: Thing<'a>,
        _: Nullable<&'a str>,
    ) -> Result<String, Error> {
        Ok(format!("{id} {} {}", thing.name, thing.tags.len()))
    }

    async fn find<'a, 'b: 'a>(&'a self, name: Option<&'b str>) -> Result<Vec<String>, Error> {
        Ok(name.into_iter().map(str::to_owned).collect())
    }

    async fn replace<'a>(&self, _: &[Thing<'a>], _: Option<Cow<'_, str>>) -> Result<(), Error>
    where
        'a: 'a,
    {
        Ok(())
    }

    async fn constant(&self, name: &'static str) -> Result<String, Error> {
        Ok(name.to_owned())
    }
}

#[tokio::test]
async fn a_request_holds_nothing_that_was_borrowed() {
    let fake = Fake::new().on(ThingsClient::CREATE, |_| FakeReply::json(200, "made"));
    let things = ThingsClient::new(fake.client());
    let request = {
        let (id, name, tag) = ("1".to_owned(), "n".to_owned(), "t".to_owned());
        things.create(&id, Thing { name: &name, tags: &[Cow::Borrowed(&tag)] }).note(&tag)
    };
    assert_eq!(request.await.unwrap(), "made");
    assert_eq!(fake.requests()[0].body(), r#"{"thing":{"name":"n","tags":["t"]},"note":"t"}"#);
}

#[tokio::test]
async fn a_fake_has_the_same_lifetimes() {
    let name = "x".to_owned();
    assert_eq!(Echo.find(Some(&name)).await.unwrap(), ["x"]);
    assert_eq!(
        (&Echo).create("1", Thing { name: &name, tags: &[] }, Nullable::Unset).await.unwrap(),
        "1 x 0"
    );
    Echo.replace(&[], None).await.unwrap();
    assert_eq!(Echo.constant("c").await.unwrap(), "c");
}
