//! Docs, `#[deprecated]` and `#[cfg]` are carried over; nothing that is generated warns.

#![deny(warnings, missing_docs, deprecated, missing_debug_implementations, unreachable_pub)]
#![deny(clippy::all, clippy::pedantic)]
#![allow(clippy::non_minimal_cfg)]

use connectors_client::{Error, ErrorClass, Fake, FakeReply, Nullable, api_client};

/// Things.
#[api_client(error = ThingsError)]
trait Things {
    /// Lists.
    #[deprecated = "use `find`"]
    #[get("list?<limit>")]
    async fn list(&self, limit: Option<u32>) -> Vec<String>;

    /// Finds.
    #[get("find?<limit>&<offset>")]
    async fn find(
        &self,
        /// The most to find.
        limit: Option<u32>,
        offset: Option<u32>,
    ) -> Vec<String>;

    /// Changes.
    #[deprecated(since = "0.2.0", note = "use `find`")]
    #[patch("things/<id>")]
    async fn update(&self, id: &str, name: Nullable<&str>);

    /// Is not there, and neither are its types.
    #[cfg(any())]
    #[get("never?<limit>")]
    async fn never(&self, limit: Nowhere) -> Nowhere;

    /// Is there.
    #[cfg(all())]
    #[get("always")]
    async fn always(&self) -> String;

    /// The first.
    #[deprecated]
    async fn first(&self) -> Option<String> {
        self.always().await.ok()
    }
}

/// Is not there.
#[cfg(any())]
#[api_client]
trait Never {
    /// Nor is this.
    #[get("never")]
    async fn never(&self) -> Nowhere;
}

/// Is not there either: the condition stands below the attribute.
#[api_client]
#[cfg(any())]
trait NeverBelow {
    /// Nor is this.
    #[get("never")]
    async fn never(&self) -> Nowhere;
}

/// Old.
#[deprecated = "use `Things`"]
#[api_client]
trait OldThings {
    /// Lists.
    #[get("old?<limit>")]
    async fn list(
        &self,
        limit: Option<u32>,
        #[allow(unused)]
        #[header("X-Old")]
        old: bool,
    ) -> Vec<String>;
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, ErrorClass)]
enum ThingsError {
    /// 404
    #[status(404)]
    NotFound,
    /// No more.
    #[deprecated]
    #[status(410)]
    Gone,
}

/// Implements what is there, and nothing else.
struct NoThings;

impl Things for NoThings {
    async fn list(&self, _: Option<u32>) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    async fn find(&self, _: Option<u32>, _: Option<u32>) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    async fn update(&self, _: &str, _: Nullable<&str>) -> Result<(), Error> {
        Ok(())
    }

    async fn always(&self) -> Result<String, Error> {
        Err(Error::fake(404, ""))
    }
}

#[tokio::test]
#[expect(deprecated, reason = "it is what is tested")]
async fn what_is_deprecated_still_works() {
    let things = NoThings;
    assert_eq!(things.first().await, None);
    assert_eq!(things.list(None).await.unwrap(), things.find(None, None).await.unwrap());
    things.update("x", Nullable::Null).await.unwrap();

    let fake = Fake::new().on(OldThingsClient::LIST, |_| FakeReply::json(200, ["x"]));
    let old = OldThingsClient::new(fake.client());
    assert_eq!(old.list(true).limit(1).await.unwrap(), ["x"]);
}

#[tokio::test]
async fn what_is_not_deprecated_does_not_warn() {
    let fake = Fake::new()
        .on(ThingsClient::FIND, |_| FakeReply::json(200, ["x"]))
        .on(ThingsClient::ALWAYS, |_| FakeReply::json(404, ()));
    let things = ThingsClient::new(fake.client());
    assert_eq!(things.find().limit(1).maybe_offset(Some(2)).await.unwrap(), ["x"]);
    assert_eq!(things.always().await.unwrap_err().class(), Some(ThingsError::NotFound));
}
