//! Methods with a body are no endpoints: they stay as they are, and a fake can override them.

#![deny(warnings)]
#![allow(clippy::unnecessary_literal_bound)]

use std::sync::Arc;

use connectors_client::{Error, Fake, FakeReply, RequestOptions, api_client};

#[api_client]
pub trait Things {
    #[get("things")]
    async fn list(&self) -> Vec<String>;

    /// Async, with borrowed arguments and an early return.
    async fn find<'a>(&self, names: &'a [&'a str], fallback: &'a str) -> Result<&'a str, Error> {
        let all = self.list().await?;
        for name in names {
            if all.iter().any(|other| other == name) {
                return Ok(*name);
            }
        }
        Ok(fallback)
    }

    /// Async, without a result.
    async fn refresh(&self) {
        let _ = self.list().await;
    }

    /// Async, with a pattern.
    async fn sum(&self, (a, b): (u32, u32), mut more: Vec<u32>) -> u32 {
        more.push(a + b);
        more.iter().sum()
    }

    /// Not async.
    fn name(&self) -> &str {
        "things"
    }

    /// Generic.
    fn named<T: From<String>>(&self, suffix: impl AsRef<str>) -> T {
        T::from(format!("{} {}", self.name(), suffix.as_ref()))
    }

    /// Of two.
    fn is_same(&self, other: &Self) -> bool {
        self.name() == other.name()
    }

    /// Of two, async.
    async fn names(&self, other: &Self) -> [String; 2] {
        [self.name().to_owned(), other.name().to_owned()]
    }

    /// Of itself: whatever hands on has the body.
    fn this(&self) -> &Self {
        self
    }

    /// Without `self`.
    fn kind() -> &'static str
    where
        Self: Sized,
    {
        "kind"
    }

    /// By value.
    fn into_name(self) -> String
    where
        Self: Sized,
    {
        self.name().to_owned()
    }
}

struct Defaults;

impl Things for Defaults {
    async fn list(&self) -> Result<Vec<String>, Error> {
        Ok(vec!["b".to_owned()])
    }
}

struct Overrides;

impl Things for Overrides {
    async fn list(&self) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    async fn find<'a>(&self, names: &'a [&'a str], _: &'a str) -> Result<&'a str, Error> {
        Ok(names[0])
    }

    async fn refresh(&self) {}

    async fn sum(&self, _: (u32, u32), _: Vec<u32>) -> u32 {
        0
    }

    fn name(&self) -> &str {
        "overrides"
    }

    fn named<T: From<String>>(&self, _: impl AsRef<str>) -> T {
        T::from("named".to_owned())
    }

    fn kind() -> &'static str {
        "other"
    }
}

async fn of_itself(things: impl Things) -> [String; 2] {
    assert!(things.is_same(&things) && things.this().is_same(&things));
    things.names(&things).await
}

async fn summary(things: impl Things) -> (String, u32, String, String) {
    things.refresh().await;
    let found = things.find(&["a", "b"], "c").await.unwrap().to_owned();
    let sum = things.sum((1, 2), vec![3]).await;
    (found, sum, things.named("x"), things.into_name())
}

fn owned(found: &str, sum: u32, named: &str, name: &str) -> (String, u32, String, String) {
    (found.to_owned(), sum, named.to_owned(), name.to_owned())
}

#[tokio::test]
async fn defaults_are_used() {
    let expected = owned("b", 6, "things x", "things");
    assert_eq!(summary(&Defaults).await, expected);
    assert_eq!(summary(Arc::new(Defaults)).await, expected);
    assert_eq!(summary(Defaults).await, expected);
    assert_eq!(Defaults::kind(), "kind");
}

#[tokio::test]
async fn overrides_are_used_by_reference_too() {
    let expected = owned("a", 0, "named", "overrides");
    assert_eq!(summary(Overrides).await, expected);
    assert_eq!(summary(&Overrides).await, expected);
    assert_eq!(summary(&&Overrides).await, expected);
    assert_eq!(summary(Arc::new(Overrides)).await, expected);
    assert_eq!(summary(&Arc::new(&Overrides)).await, expected);
    assert_eq!(summary(Box::new(Overrides)).await, expected);
    assert_eq!(Overrides::kind(), "other");
    assert_eq!(of_itself(Arc::new(Overrides)).await, ["overrides", "overrides"]);
    assert_eq!(of_itself(&Defaults).await, ["things", "things"]);
}

#[tokio::test]
async fn the_client_has_the_defaults() {
    let fake = Fake::new().on(ThingsClient::LIST, |_| FakeReply::json(200, ["b"]));
    let things = ThingsClient::new(fake.client());
    assert_eq!(summary(things).await, owned("b", 6, "things x", "things"));
}

/// With the trait in scope a call on a pointer is the trait's; the client's own is behind it.
#[tokio::test]
async fn a_pointer_at_a_client_has_the_methods_of_the_trait() {
    let fake = Fake::new().on(ThingsClient::LIST, |_| FakeReply::json(200, ["b"]));
    let things = ThingsClient::new(fake.client());
    let (shared, boxed) = (Arc::new(things.clone()), Box::new(things));
    let own = (*shared).list().options(RequestOptions::new().query("q", "1"));
    assert_eq!(own.await.unwrap(), ["b"]);
    assert_eq!(Things::list(&shared).await.unwrap(), shared.list().await.unwrap());
    assert_eq!(
        (*boxed).list().options(RequestOptions::new()).await.unwrap(),
        boxed.list().await.unwrap()
    );
    assert_eq!(fake.requests()[0].uri(), "http://localhost/things?q=1");
}
