//! Options of the trait and of endpoints.

#![deny(warnings)]

use std::time::Duration;

use connectors_client::{ErrorKind, Fake, FakeReply, Nullable, api_client};

const LIMIT: Duration = Duration::from_millis(1500);

#[api_client(prefix = "/v1/")]
trait Things {
    #[get("/list", timeout = "5s")]
    async fn list(&self) -> u8;

    #[get("?<name>", timeout = LIMIT)]
    async fn root(&self, name: &str) -> u8;

    #[get("", timeout = Duration::from_secs(60).saturating_mul(2))]
    async fn minutes(&self) -> u8;

    #[post("long", timeout = "2h", idempotent)]
    async fn long(&self) -> u8;

    #[post("short", timeout = "250ms")]
    async fn short(&self) -> u8;

    #[post("one", at_most_one(a, b), at_most_one(b, c))]
    async fn one(&self, a: Option<u8>, b: Nullable<u8>, c: Option<u8>) -> u8;
}

#[test]
fn a_timeout_is_a_text_or_a_constant() {
    let timeout =
        |endpoint: &connectors_client::Endpoint| endpoint.timeout().map(|limit| limit.as_millis());
    assert_eq!(timeout(ThingsClient::LIST), Some(5_000));
    assert_eq!(timeout(ThingsClient::ROOT), Some(1_500));
    assert_eq!(timeout(ThingsClient::MINUTES), Some(120_000));
    assert_eq!(timeout(ThingsClient::LONG), Some(7_200_000));
    assert_eq!(timeout(ThingsClient::SHORT), Some(250));
    assert_eq!(timeout(ThingsClient::ONE), None);
}

#[test]
fn idempotent_is_declared_or_follows_from_the_method() {
    assert!(ThingsClient::LIST.is_idempotent());
    assert!(ThingsClient::LONG.is_idempotent());
    assert!(!ThingsClient::SHORT.is_idempotent());
}

#[tokio::test]
async fn the_prefix_is_before_every_path() {
    let fake = Fake::new()
        .on(ThingsClient::LIST, |_| FakeReply::json(200, 1))
        .on(ThingsClient::ROOT, |_| FakeReply::json(200, 1))
        .on(ThingsClient::MINUTES, |_| FakeReply::json(200, 1));
    let things = ThingsClient::new(fake.client());
    things.list().await.unwrap();
    things.root("x").await.unwrap();
    things.minutes().await.unwrap();
    let paths: Vec<_> = fake.requests().iter().map(|request| request.uri().to_string()).collect();
    assert_eq!(
        paths,
        ["http://localhost/v1/list", "http://localhost/v1?name=x", "http://localhost/v1"]
    );
    assert_eq!(ThingsClient::ROOT.template(), "v1");
}

#[tokio::test]
async fn each_group_has_one_value_at_most() {
    let fake = Fake::new().on(ThingsClient::ONE, |_| FakeReply::json(200, 1));
    let things = ThingsClient::new(fake.client());
    assert_eq!(things.one().a(1).b_null().c(1).await.unwrap(), 1);
    assert_eq!(things.one().a(1).b(1).await.unwrap_err().kind(), ErrorKind::Build);
    assert_eq!(things.one().b(1).c(1).await.unwrap_err().kind(), ErrorKind::Build);
    assert_eq!(fake.requests().len(), 1);
}
