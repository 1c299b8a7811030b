//! Types that a HEAD can return.

#![deny(warnings)]

use connectors_client::{Error, Fake, FakeReply, FromResponse, HttpResponse, Response, api_client};

#[derive(Debug, FromResponse)]
struct Size {
    #[header("Content-Length")]
    length: u64,
}

#[derive(Debug, FromResponse)]
enum Found {
    #[status(200)]
    Yes(()),
    #[status(404)]
    No,
}

/// A type that reads only the status.
struct Status(u16);

impl FromResponse for Status {
    fn accept() -> &'static str {
        "*/*"
    }

    fn from_response(response: Response) -> Result<Self, Error> {
        Ok(Self(response.status().as_u16()))
    }
}

#[api_client]
trait Heads {
    #[head("a")]
    async fn nothing(&self);

    #[head("a", none_on = 404)]
    async fn exists(&self) -> Option<()>;

    #[head("a")]
    async fn raw(&self) -> HttpResponse<()>;

    #[head("a")]
    async fn size(&self) -> Size;

    #[head("a", none_on = 404)]
    async fn missing(&self) -> Option<()>;

    #[head("a")]
    async fn found(&self) -> Found;

    #[request("HEAD", "a")]
    async fn status(&self) -> Status;
}

#[tokio::test]
async fn a_head_returns_what_needs_no_body() {
    let reply = || FakeReply::new(200, "").header("Content-Length", "7");
    let fake = Fake::new()
        .on(HeadsClient::NOTHING, move |_| reply())
        .on(HeadsClient::EXISTS, move |_| reply())
        .on(HeadsClient::RAW, move |_| reply())
        .on(HeadsClient::SIZE, move |_| reply())
        .on(HeadsClient::FOUND, move |_| reply())
        .on(HeadsClient::MISSING, move |_| FakeReply::new(404, ""))
        .on(HeadsClient::STATUS, move |_| reply());
    let heads = HeadsClient::new(fake.client());
    heads.nothing().await.unwrap();
    assert_eq!(heads.exists().await.unwrap(), Some(()));
    assert_eq!(heads.raw().await.unwrap().status(), 200);
    assert_eq!(heads.size().await.unwrap().length, 7);
    assert!(matches!(heads.found().await.unwrap(), Found::Yes(()) | Found::No));
    assert_eq!(heads.missing().await.unwrap(), None);
    assert_eq!(heads.status().await.unwrap().0, 200);
}
