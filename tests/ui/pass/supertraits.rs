//! A trait can ask more of whatever implements it; what points at a client implements it where it has that too.

#![deny(warnings)]

use std::fmt::Debug;
use std::sync::Arc;

use connectors_client::{Error, Fake, FakeReply, api_client};

trait Named {
    fn name(&self) -> String;
}

#[api_client]
trait Things: Named + Debug + 'static
where
    Self: Clone,
{
    #[get("things")]
    async fn list(&self) -> Vec<String>;
}

impl Named for ThingsClient {
    fn name(&self) -> String {
        "the client".to_owned()
    }
}

impl<T: Named + ?Sized> Named for Arc<T> {
    fn name(&self) -> String {
        format!("a pointer at {}", (**self).name())
    }
}

async fn named(things: impl Things) -> Result<String, Error> {
    things.clone().list().await?;
    Ok(things.name())
}

#[tokio::test]
async fn pointers_that_have_what_is_asked_for_are_taken_too() {
    let fake = Fake::new().on(ThingsClient::LIST, |_| FakeReply::json(200, ["a"]));
    let client = ThingsClient::new(fake.client());
    assert_eq!(named(Arc::new(client.clone())).await.unwrap(), "a pointer at the client");
    assert_eq!(named(client).await.unwrap(), "the client");
}
