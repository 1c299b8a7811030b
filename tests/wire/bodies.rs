//! Bodies of every kind: how they are sent and retried.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

use bytes::Bytes;
use connectors_client::{
    Body, Error, ErrorKind, Fake, FakeReply, IntoBody, JsonLines, RequestOptions, Text, api_client,
};
use futures_util::stream;
use serde::Serialize;
use support::clock::TestClock;
use support::server::{Recorded, Reply, Server, refused_url};

use crate::test_file::TestFile;

const MERGE_PATCH: &str = "application/merge-patch+json";

#[derive(Serialize)]
struct Document {
    id: u8,
}

/// A custom body format.
struct Table(Vec<(&'static str, u8)>);

impl IntoBody for &Table {
    fn into_body(self) -> Body {
        let rows: Vec<_> =
            self.0.iter().map(|(name, count)| format!("{name},{count}\r\n")).collect();
        Body::from(rows.concat()).with_content_type("text/csv")
    }
}

#[api_client]
trait Objects {
    #[put("objects")]
    async fn put(&self, #[body] content: Body);

    #[post("objects")]
    async fn post(&self, #[body] content: Body);

    #[put("objects")]
    async fn put_bytes(&self, #[body] content: Bytes);

    #[put("objects")]
    async fn put_text(&self, #[body] content: &Text);

    #[put("objects")]
    async fn put_table(&self, #[body] table: &Table);

    #[put("objects")]
    async fn put_json(&self, #[body] content: &BTreeMap<&str, u8>);

    #[post("documents")]
    async fn index(&self, #[body] documents: JsonLines<&Document>);

    #[post("documents", idempotent)]
    async fn index_stream(&self, #[body] documents: JsonLines<Document>);

    #[patch("objects", idempotent)]
    async fn merge(&self, #[body(content_type = MERGE_PATCH)] patch: &BTreeMap<&str, Option<u8>>);

    #[put("objects")]
    async fn put_csv(&self, #[body(content_type = "text/csv; charset=utf-8")] rows: &str);

    #[put("objects")]
    async fn put_image(&self, #[body(content_type = "image/png")] image: &[u8]);

    #[put("objects")]
    async fn put_any(
        &self,
        #[body(content_type = "application/octet-stream")] content: Option<Body>,
    );
}

fn client_of(url: String) -> ObjectsClient {
    let builder = support::client(url).env_proxies(false).clock(TestClock::new());
    ObjectsClient::new(builder.build().unwrap())
}

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, ObjectsClient) {
    let server = Server::start(replies);
    let client = client_of(server.url());
    (server, client)
}

/// Returns the content type, length, framing and text of a request body.
fn body(request: &Recorded) -> (Option<&str>, Option<&str>, Option<&str>, &str) {
    let header = |name| request.header(name);
    (header("content-type"), header("content-length"), header("transfer-encoding"), request.text())
}

fn chunks() -> impl futures_core::Stream<Item = io::Result<&'static str>> {
    stream::iter(["one ", "", "two"].map(Ok))
}

#[tokio::test]
async fn bytes_text_and_custom_bodies_are_sent_unchanged() {
    let (server, objects) = start([Reply::empty(204)]);
    objects.put_bytes(Bytes::from_static(b"\x00\x01")).await.unwrap();
    objects.put_text(&Text::new("grüße")).await.unwrap();
    objects.put_table(&Table(vec![("a", 1), ("b", 2)])).await.unwrap();
    objects.put(Body::from("plain")).await.unwrap();
    objects.put(Body::empty()).await.unwrap();
    objects.put(Body::json(&[1, 2])).await.unwrap();
    objects.put_json(&BTreeMap::from([("a", 1)])).await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(body).collect();
    assert_eq!(
        sent,
        [
            (Some("application/octet-stream"), Some("2"), None, "\x00\x01"),
            (Some("text/plain; charset=utf-8"), Some("7"), None, "grüße"),
            (Some("text/csv"), Some("10"), None, "a,1\r\nb,2\r\n"),
            (None, Some("5"), None, "plain"),
            (None, Some("0"), None, ""),
            (Some("application/json"), Some("5"), None, "[1,2]"),
            (Some("application/json"), Some("7"), None, "{\"a\":1}"),
        ]
    );
}

#[tokio::test]
async fn the_declared_content_type_selects_json_or_bytes() {
    let (server, objects) = start([Reply::empty(204)]);
    objects.merge(&BTreeMap::from([("a", Some(1)), ("b", None)])).await.unwrap();
    objects.put_csv("a,b\n").await.unwrap();
    objects.put_image(b"PNG").await.unwrap();
    objects
        .put_any()
        .content(Body::from("{}").with_content_type("application/json"))
        .await
        .unwrap();
    objects.put_any().await.unwrap();
    let other = RequestOptions::new().header("content-type", "text/plain");
    objects.put_csv("x").options(other).await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(body).collect();
    assert_eq!(
        sent,
        [
            (Some(MERGE_PATCH), Some("16"), None, "{\"a\":1,\"b\":null}"),
            (Some("text/csv; charset=utf-8"), Some("4"), None, "a,b\n"),
            (Some("image/png"), Some("3"), None, "PNG"),
            (Some("application/octet-stream"), Some("2"), None, "{}"),
            (None, Some("0"), None, ""),
            (Some("text/plain"), Some("1"), None, "x"),
        ]
    );
}

#[tokio::test]
async fn a_stream_is_chunked_or_sent_with_the_given_length() {
    let (server, objects) = start([Reply::empty(204)]);
    objects.put(Body::from_stream(chunks())).await.unwrap();
    objects.put(Body::from_stream(chunks()).with_length(7)).await.unwrap();
    objects.put(Body::from_reader(&b"read"[..]).with_content_type("a/b")).await.unwrap();
    objects.put(Body::from_fn(|| Body::from_stream(chunks())).with_length(7)).await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(body).collect();
    assert_eq!(
        sent,
        [
            (None, None, Some("chunked"), "one two"),
            (None, Some("7"), None, "one two"),
            (Some("a/b"), None, Some("chunked"), "read"),
            (None, Some("7"), None, "one two"),
        ]
    );
}

#[tokio::test]
async fn json_lines_send_one_line_per_item() {
    let (server, objects) = start([Reply::empty(204)]);
    let documents = [Document { id: 1 }, Document { id: 2 }];
    objects.index(documents.iter().collect()).await.unwrap();
    objects.index_stream(JsonLines::from_stream(stream::iter(documents))).await.unwrap();
    objects.index(JsonLines::from(vec![])).await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(body).collect();
    assert_eq!(
        sent,
        [
            (Some("application/x-ndjson"), Some("18"), None, "{\"id\":1}\n{\"id\":2}\n"),
            (Some("application/x-ndjson"), None, Some("chunked"), "{\"id\":1}\n{\"id\":2}\n"),
            (Some("application/x-ndjson"), Some("0"), None, ""),
        ]
    );
}

#[tokio::test]
async fn a_file_is_sent_with_length_and_type_and_retried() {
    let content = "x".repeat(300_000);
    let file = TestFile::new("data.csv", &content);
    let (server, objects) = start([Reply::empty(503), Reply::empty(204)]);
    objects.put(Body::file(&file.0)).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in &requests {
        assert_eq!(request.header("content-type"), Some("text/csv"));
        assert_eq!(request.header("content-length"), Some("300000"));
        assert!(request.text() == content);
    }
    let unknown = TestFile::new("noext", "");
    objects.put(Body::file(&unknown.0)).await.unwrap();
    let last = server.requests().pop().unwrap();
    assert_eq!(body(&last), (Some("application/octet-stream"), Some("0"), None, ""));
}

#[test]
fn blocking_calls_send_files() {
    let file = TestFile::new("a.json", "{}");
    let server = Server::start([Reply::empty(204)]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    BlockingObjectsClient::new(client).put(Body::file(&file.0)).send().unwrap();
    assert_eq!(body(&server.request()), (Some("application/json"), Some("2"), None, "{}"));
}

#[tokio::test]
async fn an_unreadable_file_fails_before_anything_is_sent() {
    let (server, objects) = start([Reply::empty(204)]);
    let missing = std::env::temp_dir().join("connectors-no-such-file.csv");
    for path in [missing, std::env::temp_dir()] {
        let error = objects.put(Body::file(&path)).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Build, false));
        let text = error.to_string();
        let begin = format!("PUT objects: `content` cannot be read from `{}`: ", path.display());
        assert!(text.starts_with(&begin), "{text}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_file_that_shrinks_while_being_sent_fails_the_call() {
    let file = TestFile::new("data.bin", "x".repeat(100));
    let (server, objects) = start([Reply::empty(204)]);
    let body = Body::file(&file.0);
    fs::write(&file.0, "short").unwrap();
    let error = objects.post(body).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert_eq!(
        error.to_string(),
        "POST objects: the request body could not be read: the body ended 95 bytes before its length of 100"
    );
    assert!(error.may_have_executed());
    assert_eq!(server.requests(), []);
    // A file that grows is sent with its initial length.
    let body = Body::file(&file.0);
    fs::write(&file.0, "short and longer").unwrap();
    objects.post(body).await.unwrap();
    assert_eq!(server.request().text(), "short");
}

#[tokio::test]
async fn a_failing_stream_or_a_wrong_length_fails_the_call() {
    let (server, objects) = start([Reply::empty(204)]);
    let cases: [(Body, &str); 5] = [
        (
            Body::from_stream(chunks()).with_length(8),
            "the body ended 1 bytes before its length of 8",
        ),
        (
            Body::from_stream(chunks()).with_length(6),
            "the body is longer than its length of 6 bytes",
        ),
        (
            Body::from_stream(chunks()).with_length(4),
            "the body is longer than its length of 4 bytes",
        ),
        (Body::from_stream(stream::iter([Ok("a"), Err("the disk broke")])), "the disk broke"),
        (
            Body::from_stream(stream::iter([Err::<&str, _>(io::Error::other("the disk broke"))])),
            "the disk broke",
        ),
    ];
    for (body, text) in cases {
        let error = objects.post(body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
        assert_eq!(
            error.to_string(),
            format!("POST objects: the request body could not be read: {text}")
        );
    }
    assert_eq!(server.requests(), [], "the server received no complete request");
    objects.post(Body::from("after")).await.unwrap();
}

#[tokio::test]
async fn bytes_with_a_wrong_length_are_not_sent() {
    let (server, objects) = start([Reply::empty(204)]);
    let error = objects.put(Body::from("abc").with_length(4)).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (ErrorKind::Build, "PUT objects: `content` has 3 bytes, but its length is declared as 4")
    );
    objects.put(Body::from("abc").with_length(3)).await.unwrap();
    assert_eq!(server.request().text(), "abc");
}

#[tokio::test]
async fn a_body_that_can_be_rebuilt_is_retried() {
    let made = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&made);
    let again = Body::from_fn(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        Body::from_stream(chunks())
    });
    let (server, objects) = start([Reply::empty(503), Reply::empty(503), Reply::empty(204)]);
    objects.put(again).await.unwrap();
    let texts: Vec<_> = server.requests().iter().map(|request| request.text().to_owned()).collect();
    assert_eq!(texts, ["one two"; 3]);
    assert_eq!(made.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn a_stream_is_not_retried_and_the_error_says_so() {
    let (server, objects) = start([Reply::empty(503)]);
    let error = objects.put(Body::from_stream(chunks())).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "PUT objects: 503 Service Unavailable (not retried: the request body is a stream, which is sent only once)"
    );
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    // A call with the same content as bytes is retried.
    let error = objects.put(Body::from("bytes")).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn an_unread_stream_is_kept_for_the_next_attempt() {
    let objects = client_of(refused_url());
    let error = objects.put(Body::from_stream(chunks())).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
}

#[tokio::test]
async fn only_one_clone_of_a_streaming_request_is_sent() {
    let (server, objects) = start([Reply::empty(204)]);
    let request = objects.put(Body::from_stream(chunks()));
    let second = request.clone();
    request.await.unwrap();
    let error: Error = second.await.unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (ErrorKind::Build, "PUT objects: `content` is a stream that was already sent")
    );
    assert_eq!(server.request().text(), "one two");
}

#[tokio::test]
async fn only_one_of_several_concurrent_clones_gets_the_stream() {
    let (server, objects) = start([Reply::empty(204)]);
    let request = objects.post(Body::from_stream(chunks()));
    let results = futures_util::future::join_all((0..4).map(|_| request.clone().send())).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    for error in results.into_iter().filter_map(Result::err) {
        assert!(error.to_string().ends_with("is a stream that was already sent"), "{error}");
    }
    assert_eq!(server.request().text(), "one two");
}

#[tokio::test]
async fn a_body_field_is_merged_only_into_a_json_object() {
    let (server, objects) = start([Reply::empty(204)]);
    let options = || RequestOptions::new().body_field("b", 2);
    objects.put_json(&BTreeMap::from([("a", 1)])).options(options()).await.unwrap();
    assert_eq!(
        body(&server.request()),
        (Some("application/json"), Some("13"), None, "{\"a\":1,\"b\":2}")
    );
    for content in [Body::from_stream(chunks()), Body::from("text")] {
        let error = objects.put(content).options(options()).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "PUT objects: a body field cannot be merged into a body that is not a JSON object"
        );
    }
}

#[tokio::test]
async fn a_body_mistake_fails_the_call_and_names_the_argument() {
    let (server, objects) = start([Reply::empty(204)]);
    let error = objects.put(Body::mistake("is larger than the API takes")).await.unwrap_err();
    assert_eq!(error.to_string(), "PUT objects: `content` is larger than the API takes");
    let error = objects.put(Body::from("x").with_content_type("a\nb")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "PUT objects: the value of the header `content-type` has a character that is not allowed in a header"
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_fake_records_a_stream_as_its_bytes() {
    let fake = Fake::new().on(ObjectsClient::PUT, |_| FakeReply::new(204, ""));
    ObjectsClient::new(fake.client()).put(Body::from_stream(chunks())).await.unwrap();
    assert_eq!(fake.requests()[0].body(), "one two");
}

#[tokio::test]
async fn an_endless_stream_ends_at_the_attempt_timeout() {
    let (_server, objects) = start([Reply::empty(204)]);
    let endless = Body::from_stream(stream::repeat_with(|| Ok::<_, io::Error>(vec![b'x'; 1024])));
    let limit = RequestOptions::new().attempt_timeout(std::time::Duration::from_millis(200));
    let error = objects.post(endless).options(limit).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
}

#[tokio::test]
async fn the_content_type_of_a_body_overrides_the_client_header() {
    let server = Server::start([Reply::empty(204)]);
    let builder = support::client(server.url()).env_proxies(false);
    let client = builder.header("Content-Type", "application/json").build().unwrap();
    let objects = ObjectsClient::new(client);
    objects.put(Body::from("a,b").with_content_type("text/csv")).await.unwrap();
    objects.put(Body::from("plain")).await.unwrap();
    let types: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("content-type").map(str::to_owned))
        .collect();
    assert_eq!(types, [Some("text/csv".to_owned()), Some("application/json".to_owned())]);
}

#[tokio::test]
async fn line_breaks_within_an_item_become_spaces() {
    let raw: Vec<Box<serde_json::value::RawValue>> =
        vec![serde_json::from_str("{\n\"a\":\r\n1}").unwrap(), serde_json::from_str("2").unwrap()];
    let fake = Fake::new().on(RawClient::ADD, |_| FakeReply::new(204, ""));
    RawClient::new(fake.client()).add(raw.into()).await.unwrap();
    assert_eq!(fake.requests()[0].body(), "{ \"a\":  1}\n2\n");
}

#[api_client]
trait Raw {
    #[post("raw")]
    async fn add(&self, #[body] items: JsonLines<Box<serde_json::value::RawValue>>);
}

#[tokio::test]
async fn a_sized_stream_is_not_polled_after_its_end() {
    // `unfold` panics if it is polled after its end.
    let chunks =
        stream::unfold(0, async |n| (n < 3).then(|| (Ok::<_, io::Error>(vec![n; 2]), n + 1)));
    let fake = Fake::new().on(ObjectsClient::PUT, |_| FakeReply::new(204, ""));
    ObjectsClient::new(fake.client()).put(Body::from_stream(chunks).with_length(6)).await.unwrap();
    assert_eq!(fake.requests()[0].body(), &[0, 0, 1, 1, 2, 2][..]);
}
