//! Two traits in one module with endpoints of the same name.

#![deny(warnings)]

use connectors_client::{Error, Fake, FakeReply, api_client};

#[api_client]
pub trait Apples {
    #[get("apples?<limit>")]
    async fn list(&self, limit: Option<u8>) -> Vec<u8>;
}

#[api_client(prefix = "v2")]
pub trait Pears {
    #[get("pears?<limit>")]
    async fn list(&self, limit: Option<u8>) -> Vec<u8>;
}

/// One fake for both.
struct Empty;

impl Apples for Empty {
    async fn list(&self, _: Option<u8>) -> Result<Vec<u8>, Error> {
        Ok(vec![1])
    }
}

impl Pears for Empty {
    async fn list(&self, _: Option<u8>) -> Result<Vec<u8>, Error> {
        Ok(vec![2])
    }
}

#[tokio::test]
async fn each_has_its_own() {
    let fake = Fake::new()
        .on(ApplesClient::LIST, |_| FakeReply::json(200, [1]))
        .on(PearsClient::LIST, |_| FakeReply::json(200, [2]));
    assert_eq!(ApplesClient::new(fake.client()).list().limit(1).await.unwrap(), [1]);
    assert_eq!(PearsClient::new(fake.client()).list().limit(1).await.unwrap(), [2]);
    assert_ne!(ApplesClient::LIST, PearsClient::LIST);

    assert_eq!(Apples::list(&Empty, None).await.unwrap(), [1]);
    assert_eq!(Pears::list(&Empty, None).await.unwrap(), [2]);
}
