//! Every form of a template, and what it sends.

#![deny(warnings)]

use std::collections::BTreeMap;

use connectors_client::{Fake, FakeReply, api_client};

#[derive(serde::Serialize)]
struct Filter {
    name: &'static str,
    tags: Vec<u16>,
}

#[api_client]
trait Templates {
    #[get("")]
    async fn root(&self);

    #[get("/")]
    async fn slash(&self);

    #[get("/a/b/")]
    async fn slashes(&self);

    #[post("batches/<id>:cancel")]
    async fn cancel(&self, id: &str);

    #[post("jobs/:create")]
    async fn create(&self, name: &str);

    #[get("$batch/*/:all?q={name}&to=x://y&f=%Y")]
    async fn literal(&self);

    #[get("files/<name>.<extension>")]
    async fn file(&self, name: &str, extension: &str);

    #[get("files/<path..>")]
    async fn files(&self, path: &str);

    #[get("<path..>?<limit>")]
    async fn all(&self, path: &str, limit: u8);

    #[get("a?<b>&page_size=<c>&beta=true&flag&q=a b&d[]=<d>")]
    async fn query(&self, b: Option<u8>, c: u8, d: &[u16]);

    #[get("a?<filter..>&<more..>")]
    async fn spread(&self, filter: &Filter, more: Option<&BTreeMap<String, u8>>);

    #[get("a/<b>?<c>&<..>")]
    async fn everything(&self, b: u8, c: u8, d: Option<u8>, e: &str, #[header("X-F")] f: u8);

    #[get("<größe>?<länge>")]
    async fn umlauts(&self, größe: u8, länge: u8);
}

#[tokio::test]
async fn each_form_is_sent_as_it_is_written() {
    type Templates = TemplatesClient;
    let fake = [
        Templates::ROOT,
        Templates::SLASH,
        Templates::SLASHES,
        Templates::CANCEL,
        Templates::CREATE,
        Templates::LITERAL,
        Templates::FILE,
        Templates::FILES,
        Templates::ALL,
        Templates::QUERY,
        Templates::SPREAD,
        Templates::EVERYTHING,
        Templates::UMLAUTS,
    ]
    .into_iter()
    .fold(Fake::new(), |fake, endpoint| fake.on(endpoint, |_| FakeReply::new(204, "")));
    let templates = TemplatesClient::new(fake.client());

    templates.root().await.unwrap();
    templates.slash().await.unwrap();
    templates.slashes().await.unwrap();
    templates.cancel("x/y").await.unwrap();
    templates.create("n").await.unwrap();
    templates.literal().await.unwrap();
    templates.file("a.b", "c").await.unwrap();
    templates.files("a/b c").await.unwrap();
    templates.all("a/b", 1).await.unwrap();
    templates.query(2, &[3, 4]).b(1).await.unwrap();
    let more = BTreeMap::from([("more".to_owned(), 5)]);
    templates.spread(&Filter { name: "n", tags: vec![1, 2] }).more(&more).await.unwrap();
    templates.everything(1, 2, "e f", 6).d(3).await.unwrap();
    templates.umlauts(1, 2).await.unwrap();

    let sent: Vec<_> = fake
        .requests()
        .iter()
        .map(|request| request.uri().to_string().replacen("http://localhost", "", 1))
        .collect();
    assert_eq!(
        sent,
        [
            "/",
            "/",
            "/a/b/",
            "/batches/x%2Fy:cancel",
            "/jobs/:create",
            "/$batch/*/:all?q=%7Bname%7D&to=x%3A%2F%2Fy&f=%25Y",
            "/files/a.b.c",
            "/files/a/b%20c",
            "/a/b?limit=1",
            "/a?b=1&page_size=2&beta=true&flag&q=a+b&d%5B%5D=3&d%5B%5D=4",
            "/a?name=n&tags=1&tags=2&more=5",
            "/a/1?c=2&d=3&e=e+f",
            "/1?l%C3%A4nge=2",
        ]
    );
}
