//! All methods.

#![deny(warnings)]

use connectors_client::{Fake, FakeReply, api_client};

#[api_client]
trait Methods {
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
async fn each_method_is_sent() {
    type Methods = MethodsClient;
    let fake = [
        Methods::GET,
        Methods::POST,
        Methods::PUT,
        Methods::PATCH,
        Methods::DELETE,
        Methods::HEAD,
        Methods::OPTIONS,
    ]
    .into_iter()
    .fold(Fake::new(), |fake, endpoint| fake.on(endpoint, |_| FakeReply::new(204, "")));
    let methods = MethodsClient::new(fake.client());

    methods.get().await.unwrap();
    methods.post(1).await.unwrap();
    methods.put(1).await.unwrap();
    methods.patch().await.unwrap();
    methods.delete(1).await.unwrap();
    methods.head().await.unwrap();
    methods.options().await.unwrap();

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
