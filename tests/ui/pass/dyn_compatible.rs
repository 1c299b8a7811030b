//! A trait whose clients and fakes are trait objects too.

#![deny(warnings)]
#![allow(clippy::unnecessary_literal_bound)]

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;

use connectors_client::{Error, Fake, FakeReply, Nullable, api_client};

/// A supertrait, which trait objects have too.
trait Named {
    fn of_base(&self) -> String {
        "base".to_owned()
    }
}

impl<T: Debug + ?Sized> Named for T {}

#[api_client(dyn_compatible)]
trait Things: Debug {
    #[get("things/<id>")]
    async fn get(&self, id: &str) -> String;

    #[post("things")]
    async fn create<'a>(
        &self,
        name: Cow<'_, str>,
        tags: &[&str],
        title: Nullable<&'a str>,
        note: Option<&'a str>,
    ) -> String;

    #[get("things?<name>")]
    async fn find<'a, 'b: 'a>(&'a self, name: Option<&'b str>) -> Vec<String>
    where
        'a: 'a;

    #[delete("things")]
    async fn clear(&self);

    #[deprecated]
    #[get("old?<match>")]
    async fn r#type(&self, r#match: &str) -> String;

    /// Async, with patterns and what is borrowed from the implementation.
    async fn longest(&self, (a, _): (&str, u8), mut more: Vec<String>) -> &str {
        more.push(a.to_owned());
        if more.iter().any(|name| name.len() > self.name().len()) { "longer" } else { self.name() }
    }

    /// Async, with a result of its own.
    async fn first(&self) -> Option<String> {
        self.find(None).await.ok()?.into_iter().next()
    }

    /// Not async.
    fn name(&self) -> &str {
        "things"
    }

    /// Generic: trait objects have this body.
    fn named<T: From<String>>(&self, suffix: impl AsRef<str>) -> T {
        T::from(format!("{} {}", self.name(), suffix.as_ref()))
    }

    /// Without `self`: trait objects have this body.
    fn kind() -> &'static str {
        "kind"
    }

    /// By value, so that trait objects have none.
    fn into_name(self) -> String
    where
        Self: Sized,
    {
        self.name().to_owned()
    }
}

#[derive(Debug)]
struct Echo(&'static str);

impl Things for Echo {
    async fn get(&self, id: &str) -> Result<String, Error> {
        tokio::task::yield_now().await;
        if id.is_empty() { Err(Error::fake(404, "")) } else { Ok(format!("{}{id}", self.0)) }
    }

    async fn create<'a>(
        &self,
        name: Cow<'_, str>,
        tags: &[&str],
        title: Nullable<&'a str>,
        note: Option<&'a str>,
    ) -> Result<String, Error> {
        Ok(format!("{name} {tags:?} {title:?} {note:?}"))
    }

    async fn find<'a, 'b: 'a>(&'a self, name: Option<&'b str>) -> Result<Vec<String>, Error>
    where
        'a: 'a,
    {
        Ok(vec![name.unwrap_or("first").to_owned()])
    }

    async fn clear(&self) -> Result<(), Error> {
        Ok(())
    }

    async fn r#type(&self, r#match: &str) -> Result<String, Error> {
        Ok(r#match.to_owned())
    }

    fn name(&self) -> &str {
        self.0
    }
}

/// Overrides what is provided.
#[derive(Debug)]
struct Overrides;

impl Things for Overrides {
    async fn get(&self, _: &str) -> Result<String, Error> {
        Ok(String::new())
    }

    async fn create<'a>(
        &self,
        _: Cow<'_, str>,
        _: &[&str],
        _: Nullable<&'a str>,
        _: Option<&'a str>,
    ) -> Result<String, Error> {
        Ok(String::new())
    }

    async fn find<'a, 'b: 'a>(&'a self, _: Option<&'b str>) -> Result<Vec<String>, Error>
    where
        'a: 'a,
    {
        Ok(Vec::new())
    }

    async fn clear(&self) -> Result<(), Error> {
        Ok(())
    }

    async fn r#type(&self, _: &str) -> Result<String, Error> {
        Ok(String::new())
    }

    async fn longest(&self, _: (&str, u8), _: Vec<String>) -> &str {
        "overridden"
    }

    async fn first(&self) -> Option<String> {
        Some("overridden".to_owned())
    }

    fn name(&self) -> &str {
        "overrides"
    }

    fn kind() -> &'static str {
        "other"
    }
}

/// A service that is given whatever implements the trait.
#[derive(Clone)]
struct Service {
    things: Arc<dyn DynThings>,
}

impl Service {
    fn new(things: Arc<dyn DynThings>) -> Self {
        Self { things }
    }

    async fn get(&self, id: &str) -> Result<String, Error> {
        self.things.get(id).await
    }
}

async fn generic(things: impl Things, id: &str) -> Result<String, Error> {
    things.get(id).await
}

#[tokio::test]
async fn a_client_and_a_fake_are_taken_alike() {
    let fake = Fake::new().on(ThingsClient::GET, |_| FakeReply::json(200, "sent"));
    let client = ThingsClient::new(fake.client());
    assert_eq!(Service::new(Arc::new(client)).get("x").await.unwrap(), "sent");
    assert_eq!(fake.requests()[0].uri(), "http://localhost/things/x");
    let echo = Service::new(Arc::new(Echo("e")));
    assert_eq!(echo.get("x").await.unwrap(), "ex");
    assert!(echo.get("").await.unwrap_err().is_not_found());
    let id = "y".to_owned();
    let task = tokio::spawn(async move { echo.get(&id).await });
    assert_eq!(task.await.unwrap().unwrap(), "ey");
}

#[tokio::test]
async fn boxes_of_several_kinds_are_in_one_list() {
    let fake = Fake::new().on(ThingsClient::GET, |_| FakeReply::json(200, "sent"));
    let all: Vec<Box<dyn DynThings>> = vec![
        Box::new(Echo("e")),
        Box::new(ThingsClient::new(fake.client())),
        Box::new(Arc::new(Overrides)),
    ];
    let mut found = Vec::new();
    for things in &all {
        found.push(things.get("x").await.unwrap());
    }
    assert_eq!(found, ["ex", "sent", ""]);
    assert_eq!(generic(&all[0], "y").await.unwrap(), "ey");
}

#[tokio::test]
async fn code_over_the_trait_takes_any_pointer() {
    let things: Arc<dyn DynThings> = Arc::new(Echo("e"));
    assert_eq!(generic(Arc::clone(&things), "x").await.unwrap(), "ex");
    assert_eq!(generic(&things, "x").await.unwrap(), "ex");
    assert_eq!(generic(&*things, "x").await.unwrap(), "ex");
    let nested: Box<dyn DynThings> = Box::new(things);
    assert_eq!(generic(nested, "x").await.unwrap(), "ex");
    assert_eq!(generic(Box::new(Echo("b")), "x").await.unwrap(), "bx");
    let echo = Echo("borrowed ");
    let borrowed: &dyn DynThings = &echo;
    assert_eq!(generic(borrowed, "x").await.unwrap(), "borrowed x");
}

#[tokio::test]
async fn arguments_of_all_lifetimes_are_handed_on() {
    let things: Arc<dyn DynThings> = Arc::new(Echo("e"));
    let (name, tag) = ("n".to_owned(), "t".to_owned());
    let title = "title".to_owned();
    let made = {
        let tags = [tag.as_str()];
        let name = Cow::Borrowed(name.as_str());
        things.create(name, &tags, Nullable::from(title.as_str()), None).await.unwrap()
    };
    assert_eq!(made, r#"n ["t"] Value("title") None"#);
    assert_eq!(things.find(Some(&name)).await.unwrap(), ["n"]);
    things.clear().await.unwrap();
    #[expect(deprecated, reason = "that it can be called is the point")]
    let old = things.r#type("old").await.unwrap();
    assert_eq!(old, "old");
}

#[tokio::test]
async fn what_is_provided_can_be_overridden_behind_a_pointer() {
    let things: [Arc<dyn DynThings>; 2] = [Arc::new(Echo("echo")), Arc::new(Overrides)];
    let mut found = Vec::new();
    for things in &things {
        let longest = {
            let short = "a".to_owned();
            things.longest((&short, 0), Vec::new()).await
        };
        found.push((longest, things.first().await.unwrap(), things.name()));
    }
    let owned = str::to_owned;
    assert_eq!(
        found,
        [("echo", owned("first"), "echo"), ("overridden", owned("overridden"), "overrides")]
    );
}

#[test]
fn what_a_trait_object_cannot_have_is_as_provided() {
    let things: Arc<dyn DynThings> = Arc::new(Overrides);
    assert_eq!(things.named::<String>("x"), "overrides x");
    assert_eq!((<dyn DynThings>::kind(), Overrides::kind()), ("kind", "other"));
    assert_eq!(Arc::clone(&things).into_name(), "overrides");
    assert_eq!(
        (format!("{things:?}"), things.of_base()),
        ("Overrides".to_owned(), "base".to_owned())
    );
}
