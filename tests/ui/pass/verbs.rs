//! All verbs.

#![deny(warnings)]

use connectors_client::{Fake, FakeReply, api_client};

#[api_client]
trait Verbs {
    #[get("x")]
    async fn get(&self);

    #[post("x")]
    async fn post(&self, a: u8);

    #[put("x")]
    async fn put(&self, #[body] a: u8);

    #[patch("x")]
    async fn patch(&self, a: Option<u8>);

    #[delete("x")]
    async fn delete(&self, #[body] a: u8);

    #[head("x")]
    async fn head(&self);

    #[options("x")]
    async fn options(&self);
}

#[tokio::test]
async fn each_verb_is_sent() {
    type Verbs = VerbsClient;
    let fake = [
        Verbs::GET,
        Verbs::POST,
        Verbs::PUT,
        Verbs::PATCH,
        Verbs::DELETE,
        Verbs::HEAD,
        Verbs::OPTIONS,
    ]
    .into_iter()
    .fold(Fake::new(), |fake, endpoint| fake.on(endpoint, |_| FakeReply::new(204, "")));
    let verbs = VerbsClient::new(fake.client());

    verbs.get().await.unwrap();
    verbs.post(1).await.unwrap();
    verbs.put(1).await.unwrap();
    verbs.patch().await.unwrap();
    verbs.delete(1).await.unwrap();
    verbs.head().await.unwrap();
    verbs.options().await.unwrap();

    let sent: Vec<_> = fake
        .requests()
        .iter()
        .map(|request| format!("{} {}", request.method(), String::from_utf8_lossy(request.body())))
        .collect();
    assert_eq!(
        sent,
        ["GET ", "POST {\"a\":1}", "PUT 1", "PATCH {}", "DELETE 1", "HEAD ", "OPTIONS "]
    );
}
