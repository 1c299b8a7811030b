//! Successes that are refusals, and refusals that are results: byte order marks, text that is JSON
//! by accident, ranges of statuses, redirects of a stream.

use connectors_client::{
    Body, Compression, ErrorKind, FromResponse, RequestOptions, Text, api_client,
};
use serde::Deserialize;
use support::server::{Reply, Server};

use crate::{builder, client, renewing};

#[derive(Debug, Deserialize, PartialEq)]
struct State {
    state: String,
}

#[api_client]
trait Marked {
    #[get("plain", failed(ok = false))]
    async fn plain(&self);

    #[get("quoted", failed("odata.error"))]
    async fn quoted(&self);

    #[get("mixed", failed(meta."odata.error" = "x"))]
    async fn mixed(&self);

    #[get("job", poll, done(state = "done"))]
    async fn job(&self) -> State;

    #[get("bytes", failed(ok = false))]
    async fn bytes(&self) -> bytes::Bytes;
}

fn marked(text: &str) -> Reply {
    Reply::json(200, &format!("\u{feff}{text}"))
}

#[tokio::test]
async fn a_byte_order_mark_hides_no_field() {
    let server = Server::start([
        marked(r#"{"ok": false, "error": "no space", "status": 507}"#),
        marked(r#"{"state": "done"}"#),
    ]);
    let api = MarkedClient::new(client(&server));
    let error = api.plain().await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Api, Some("no space")));
    assert_eq!(error.status().unwrap(), 507);
    assert_eq!(api.job().poll().await.unwrap(), State { state: "done".to_owned() });
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_name_in_quotes_alone_marks_a_failure() {
    let server = Server::start([
        Reply::json(200, r#"{"odata.error": {"message": "no"}}"#),
        Reply::json(200, r#"{"meta": {"odata.error": "x"}, "message": "no"}"#),
        Reply::json(200, r#"{"odata": {"error": "x"}}"#),
        Reply::json(200, r#"{"ok": false, "message": "no"}"#),
    ]);
    let api = MarkedClient::new(client(&server));
    assert_eq!(api.quoted().await.unwrap_err().kind(), ErrorKind::Api);
    assert_eq!(api.mixed().await.unwrap_err().message(), Some("no"));
    api.quoted().await.unwrap();
    assert_eq!(api.bytes().await.unwrap_err().message(), Some("no"));
}

#[api_client]
trait Texts {
    #[get("text")]
    async fn text(&self) -> String;

    #[get("things")]
    async fn thing(&self) -> State;
}

#[tokio::test]
async fn text_that_is_json_by_accident_gets_the_hint_too() {
    for body in ["42", "true", " 2", "null", "pong"] {
        let server = Server::start([Reply::text(200, "text/plain", body)]);
        let error = TextsClient::new(client(&server)).text().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("the return type `Text` reads it"), "{error}");
    }
    // An object is no text, whatever its label.
    for (media_type, body) in [("text/plain", "{}"), ("text/plain", "[1]"), ("text/html", "1")] {
        let server = Server::start([Reply::text(200, media_type, body)]);
        let error = TextsClient::new(client(&server)).thing().await.unwrap_err();
        assert!(!error.to_string().contains("`Text`"), "{error}");
    }
}

#[derive(Debug, FromResponse, PartialEq)]
enum Outcome {
    #[status(400..=499)]
    Refused,
    #[status(200)]
    Done,
}

#[derive(Debug, FromResponse, PartialEq)]
enum Login {
    #[status(401)]
    Unknown,
    #[status(400..=499)]
    Refused,
    #[status(200)]
    Known,
}

#[api_client]
trait Doors {
    #[post("open")]
    async fn open(&self) -> Outcome;

    #[post("login")]
    async fn login(&self) -> Login;
}

#[tokio::test]
async fn a_range_of_statuses_leaves_a_401_to_the_credentials() {
    let server = Server::answer(|request| match request.header("authorization") {
        Some("Bearer t-2") => Reply::empty(200),
        _ => Reply::empty(401),
    });
    let doors = DoorsClient::new(renewing(&server));
    assert_eq!(doors.open().await.unwrap(), Outcome::Done);
    assert_eq!(server.requests().len(), 2);
    let server = Server::start([Reply::empty(401), Reply::empty(401), Reply::empty(403)]);
    let doors = DoorsClient::new(client(&server));
    assert_eq!(doors.open().await.unwrap_err().status().unwrap(), 401);
    assert_eq!(doors.login().await.unwrap(), Login::Unknown);
    assert_eq!(doors.open().await.unwrap(), Outcome::Refused);
}

#[api_client]
trait Search {
    #[get("search")]
    async fn search(&self, #[body] query: Body) -> Text;
}

#[tokio::test]
async fn a_stream_that_was_sent_follows_no_redirect() {
    let stream = || Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>("a")]));
    let replies = || {
        [Reply::empty(307).header("Location", "/other"), Reply::text(200, "text/plain", "found")]
    };
    let server = Server::start(replies());
    let error = SearchClient::new(client(&server)).search(stream()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
    assert!(error.to_string().contains("the request body is a stream"), "{error}");
    assert_eq!(server.requests().len(), 1);
    // Control: a body that can be made again is sent again.
    let server = Server::start(replies());
    let search = SearchClient::new(client(&server));
    assert_eq!(search.search(Body::from_fn(stream)).await.unwrap().as_str(), "found");
    assert_eq!(server.requests()[1].text(), "a");
}

#[api_client]
trait Uploads {
    #[put("")]
    async fn put(&self, #[url] to: &str, #[body] content: Body);

    #[put("", compress = "gzip")]
    async fn compressed(&self, #[url] to: &str, #[body] content: Body);
}

#[tokio::test]
async fn another_origin_gets_no_compression_of_the_client() {
    let (server, other) = (Server::start([Reply::empty(204)]), Server::start([Reply::empty(204)]));
    let builder = || builder(&server).allow_origin(other.url());
    let gzip = || RequestOptions::new().compress(Compression::Gzip);
    let by_builder = builder().compress(Compression::Gzip).build().unwrap();
    let by_view = builder().build().unwrap().with_options(gzip());
    let (content, url) = (|| Body::from("a".repeat(4_000)), format!("{}/a", other.url()));
    for client in [by_builder, by_view] {
        let uploads = UploadsClient::new(client);
        uploads.put(&url, content()).await.unwrap();
        uploads.put(&url, content()).options(gzip()).await.unwrap();
        uploads.compressed(&url, content()).await.unwrap();
        // Control: within the base URL's origin it is compressed.
        uploads.put("/a", content()).await.unwrap();
    }
    let is_coded = |server: &Server| {
        let requests = server.requests();
        requests.iter().map(|request| request.header("content-encoding").is_some()).collect()
    };
    let (elsewhere, here): (Vec<_>, Vec<_>) = (is_coded(&other), is_coded(&server));
    assert_eq!(elsewhere, [false, true, true, false, true, true]);
    assert_eq!(here, [true, true]);
    assert_eq!(other.requests()[0].body, "a".repeat(4_000).as_bytes());
}
