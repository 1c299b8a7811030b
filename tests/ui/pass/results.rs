//! Return types of endpoints.

#![deny(warnings)]

use std::collections::BTreeMap;

use connectors_client::{Fake, FakeReply, Text, api_client};

type Page<T> = Vec<T>;

#[api_client]
trait Results {
    #[delete("nothing")]
    async fn nothing(&self);

    #[delete("unit")]
    async fn unit(&self) -> ();

    #[get("text")]
    async fn text(&self) -> Text;

    #[get("value")]
    async fn value(&self) -> serde_json::Value;

    #[get("map")]
    async fn map(&self) -> BTreeMap<String, Option<u8>>;

    #[get("option")]
    async fn option(&self) -> Option<u8>;

    #[get("page")]
    async fn page(&self) -> Page<(u8, [u8; 2])>;

    #[get("boxed")]
    async fn boxed(&self) -> Box<str>;
}

#[tokio::test]
async fn a_return_type_decides_how_a_reply_is_read() {
    let fake = Fake::new()
        .on(ResultsClient::NOTHING, |_| FakeReply::new(204, ""))
        .on(ResultsClient::UNIT, |_| FakeReply::new(200, "<p>"))
        .on(ResultsClient::TEXT, |_| FakeReply::new(200, "<p>"))
        .on(ResultsClient::VALUE, |_| FakeReply::json(200, "v"))
        .on(ResultsClient::MAP, |_| FakeReply::new(204, ""))
        .on(ResultsClient::OPTION, |_| FakeReply::new(204, ""))
        .on(ResultsClient::PAGE, |_| FakeReply::new(200, "[[1,[2,3]]]"))
        .on(ResultsClient::BOXED, |_| FakeReply::json(200, "b"));
    let results = ResultsClient::new(fake.client());
    results.nothing().await.unwrap();
    results.unit().await.unwrap();
    assert_eq!(results.text().await.unwrap().as_str(), "<p>");
    assert_eq!(results.value().await.unwrap(), "v");
    assert!(results.map().await.unwrap().is_empty());
    assert_eq!(results.option().await.unwrap(), None);
    assert_eq!(results.page().await.unwrap(), [(1, [2, 3])]);
    assert_eq!(&*results.boxed().await.unwrap(), "b");
}
