//! Bodies of GET and QUERY.

use connectors_client::api_client;
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::{builder, client, whole};

#[api_client]
trait Search {
    #[get("<index>/_search?<routing>")]
    async fn search(
        &self,
        index: &str,
        #[field] query: &Value,
        #[field("_source")] source: Option<&[&str]>,
        routing: Option<&str>,
    );

    #[get("_search/scroll", fields(scroll = "1m"))]
    async fn scroll(&self, #[field] scroll_id: &str);

    #[get("_count")]
    async fn count(&self, #[body] query: &Value);

    #[get("_stream")]
    async fn stream(&self, #[body] content: connectors_client::Body);

    #[delete("_search/scroll")]
    async fn clear(&self, #[field] scroll_id: &[&str]);

    #[request("QUERY", "contacts?<page>")]
    async fn contacts(&self, filter: &str, limit: Option<u32>, page: Option<u32>) -> Vec<u8>;

    #[request("QUERY", "text")]
    async fn text(&self, #[body] query: connectors_client::Text);
}

const HEAD: &str = " HTTP/1.1\naccept: */*\nauthorization: Bearer test-token\n";

fn with_json(line: &str, body: &str) -> String {
    let length = body.len();
    let body = body.as_bytes().escape_ascii();
    format!(
        "{line}{HEAD}content-type: application/json\naccept-encoding: gzip\ncontent-length: {length}\n\n{body}"
    )
}

#[tokio::test]
async fn a_marked_argument_is_the_body_of_a_get() {
    let server = Server::start([Reply::empty(204)]);
    let search = SearchClient::new(client(&server));
    let query = json!({"match_all": {}});
    search.search("logs", &query).source(&["a"]).routing("x").await.unwrap();
    search.scroll("s 1").await.unwrap();
    search.count(&query).await.unwrap();
    search.clear(&["s"]).await.unwrap();
    let sent: Vec<_> = server.requests().iter().map(whole).collect();
    assert_eq!(
        sent,
        [
            with_json(
                "GET /logs/_search?routing=x",
                r#"{"query":{"match_all":{}},"_source":["a"]}"#
            ),
            with_json("GET /_search/scroll", r#"{"scroll_id":"s 1","scroll":"1m"}"#),
            with_json("GET /_count", r#"{"match_all":{}}"#),
            with_json("DELETE /_search/scroll", r#"{"scroll_id":["s"]}"#),
        ]
    );
}

#[tokio::test]
async fn a_get_with_a_body_is_retried_and_redirected_with_it() {
    let server = Server::start([
        Reply::empty(503),
        Reply::empty(307).header("location", "/moved"),
        Reply::empty(204),
    ]);
    SearchClient::new(client(&server)).scroll("s").await.unwrap();
    let requests = server.requests();
    let targets: Vec<_> = requests.iter().map(|request| request.target.as_str()).collect();
    assert_eq!(targets, ["/_search/scroll", "/_search/scroll", "/moved"]);
    assert!(requests.iter().all(|request| request.text() == r#"{"scroll_id":"s","scroll":"1m"}"#));
}

#[tokio::test]
async fn query_is_safe_and_takes_fields() {
    let server = Server::start([Reply::empty(503), Reply::json(200, "[]")]);
    let search = SearchClient::new(client(&server));
    search.contacts("a=b").limit(2).page(3).await.unwrap();
    let requests = server.requests();
    let expected = with_json("QUERY /contacts?page=3", r#"{"filter":"a=b","limit":2}"#)
        .replace("accept: */*", "accept: application/json");
    assert_eq!(requests.iter().map(whole).collect::<Vec<_>>(), [expected.clone(), expected]);
    search.text("select 1".into()).await.unwrap();
    let text = server.requests().pop().unwrap();
    assert_eq!((text.method.as_str(), text.text()), ("QUERY", "select 1"));
    assert!(SearchClient::CONTACTS.is_idempotent());
}

/// hyper sends no body of unknown length with a GET unless a header announces it.
#[tokio::test]
async fn a_stream_is_the_body_of_a_get() {
    let server = Server::start([Reply::empty(204)]);
    for builder in [builder(&server), builder(&server).lean()] {
        let chunks = futures_util::stream::iter(["a", "bc"].map(Ok::<_, std::io::Error>));
        let content = connectors_client::Body::from_stream(chunks);
        SearchClient::new(builder.build().unwrap()).stream(content).await.unwrap();
    }
    for request in server.requests() {
        assert_eq!((request.text(), request.header("transfer-encoding")), ("abc", Some("chunked")));
    }
    assert_eq!(server.requests().len(), 2);
}
