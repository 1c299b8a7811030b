//! Names that are keywords.

#![deny(warnings)]

use connectors_client::{Fake, FakeReply, Nullable, api_client};

#[api_client]
trait Keywords {
    #[get("things/<type>?<match>&kind=<use>")]
    async fn r#match(&self, r#type: &str, r#match: Option<&str>, r#use: Option<&str>) -> u8;

    #[patch("things", at_most_one(r#type, r#in))]
    async fn r#move(
        &self,
        r#type: Nullable<&str>,
        r#in: Option<&str>,
        #[field("for")] r#loop: &str,
        #[header("X-Ref")] r#ref: Option<&str>,
    ) -> u8;

    #[post("things")]
    async fn r#await(&self, #[body] r#struct: &str) -> u8;
}

#[tokio::test]
async fn keywords_are_sent_by_their_names() {
    let fake = Fake::new()
        .on(KeywordsClient::MATCH, |_| FakeReply::json(200, 1))
        .on(KeywordsClient::MOVE, |_| FakeReply::json(200, 2))
        .on(KeywordsClient::AWAIT, |_| FakeReply::json(200, 3));
    let keywords = KeywordsClient::new(fake.client());

    assert_eq!(keywords.r#match("a").r#match("b").maybe_use(Some("c")).await.unwrap(), 1);
    assert_eq!(keywords.r#move("x").type_null().maybe_in(None).r#ref("d").await.unwrap(), 2);
    assert_eq!(keywords.r#await("e").await.unwrap(), 3);

    let requests = fake.requests();
    assert_eq!(requests[0].uri(), "http://localhost/things/a?match=b&kind=c");
    assert_eq!(requests[1].body(), r#"{"type":null,"for":"x"}"#);
    assert_eq!(requests[1].headers()["x-ref"], "d");
    assert_eq!(requests[2].body(), r#""e""#);
    assert_eq!(KeywordsClient::MATCH.name(), "match");
}
