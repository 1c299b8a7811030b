//! Operations that are polled by link: results and bodies that are streams, fields of any name, and
//! headers of the call that started them.

use std::time::Duration;

use connectors_client::{
    Body, ByteStream, ErrorKind, FromResponse, JsonArray, JsonLines, api_client,
};
use serde::Deserialize;
use support::server::{Recorded, Reply, Server};

use crate::{builder, client, renewing};

#[derive(Debug, Deserialize, PartialEq)]
struct Row {
    id: u8,
}

/// A stream beside the state, which is in a header.
#[derive(FromResponse)]
struct Export {
    #[header("X-State")]
    state: String,
    #[body]
    content: ByteStream,
}

#[api_client]
trait Exports {
    #[post(
        "exports",
        poll(link = header("Operation-Location"), result = field(resultUrl)),
        done(status = "Succeeded"),
        failed(status = "Failed")
    )]
    async fn bytes(&self) -> ByteStream;

    #[post("exports", poll(link = field(url), result = field(resultUrl)), done(status = "Succeeded"))]
    async fn rows(&self) -> JsonArray<Row>;

    #[post("exports", poll(link = field(url), result = field(resultUrl)), done(status = "Succeeded"))]
    async fn lines(&self) -> JsonLines<Row>;

    #[post("downloads", poll(link = header("Location")))]
    async fn download(&self) -> ByteStream;

    #[post("downloads", poll(link = header("Location"), result = header("X-Result")))]
    async fn array(&self) -> JsonArray<Row>;

    #[post("unseen", poll(link = header("Location")), done(status = "Succeeded"))]
    async fn unseen(&self) -> ByteStream;

    #[get("unseen", poll, done(status = "Succeeded"))]
    async fn repeated(&self) -> ByteStream;

    #[get("seen", poll, done(status = "Succeeded"))]
    async fn by_header(&self) -> Export;
}

fn exports(server: &Server) -> ExportsClient {
    ExportsClient::new(client(server))
}

fn json(body: &str) -> Reply {
    Reply::json(200, body)
}

fn targets(server: &Server) -> Vec<String> {
    let line = |request: Recorded| format!("{} {}", request.method, request.target);
    server.requests().into_iter().map(line).collect()
}

async fn all(mut stream: ByteStream) -> Vec<u8> {
    let mut content = Vec::new();
    while let Some(chunk) = stream.next().await {
        content.extend_from_slice(&chunk.unwrap());
    }
    content
}

const ROWS: &str = r#"[{"id": 1}, {"id": 2}]"#;

#[tokio::test]
async fn the_state_is_read_whole_and_the_result_is_streamed() {
    let states = |result: Reply| {
        [
            Reply::json(202, r#"{"url": "/o/1"}"#).header("Operation-Location", "/o/1"),
            json(r#"{"status": "Running"}"#),
            json(r#"{"status": "Succeeded", "resultUrl": "/r/1"}"#),
            result,
        ]
    };
    let expected = ["POST /exports", "GET /o/1", "GET /o/1", "GET /r/1"];
    let server = Server::start(states(Reply::text(200, "text/csv", "a,b")));
    assert_eq!(all(exports(&server).bytes().poll().await.unwrap()).await, b"a,b");
    assert_eq!(targets(&server), expected);
    let server = Server::start(states(json(ROWS)));
    let mut rows = exports(&server).rows().poll().await.unwrap();
    for id in [1, 2] {
        assert_eq!(rows.next().await.unwrap().unwrap(), Row { id });
    }
    assert!(rows.next().await.is_none());
    assert_eq!(targets(&server), expected);
    // The marks are about the operation, so no item of the result has to match them.
    let server = Server::start(states(Reply::text(200, "application/x-ndjson", "{\"id\":3}\n")));
    let mut lines = exports(&server).lines().poll().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), Row { id: 3 });
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_state_that_failed_is_seen_although_the_result_would_be_a_stream() {
    let server = Server::start([
        Reply::empty(202).header("Operation-Location", "/o/1"),
        json(r#"{"status": "Failed", "message": "no rows"}"#),
    ]);
    let error = exports(&server).bytes().poll().await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Api, Some("no rows")));
}

#[tokio::test]
async fn a_202_leaves_its_place_and_its_connection_to_the_next_poll() {
    let server = Server::start([
        Reply::json(202, "{}").header("Location", "/status/1"),
        Reply::json(202, "{}"),
        Reply::text(200, "text/csv", "a,b"),
    ]);
    let limited = builder(&server).max_in_flight(1).build().unwrap();
    let content = ExportsClient::new(limited).download().poll().await.unwrap();
    assert_eq!(all(content).await, b"a,b");
    assert_eq!(targets(&server), ["POST /downloads", "GET /status/1", "GET /status/1"]);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_result_that_is_there_at_once_is_streamed_too() {
    let server = Server::start([json(ROWS)]);
    let mut rows = exports(&server).array().poll().await.unwrap();
    assert_eq!(rows.next().await.unwrap().unwrap(), Row { id: 1 });
    assert_eq!(rows.next().await.unwrap().unwrap(), Row { id: 2 });
    assert!(rows.next().await.is_none());
    let server = Server::start([Reply::text(200, "text/html", "<p>")]);
    let mut rows = exports(&server).array().poll().await.unwrap();
    assert_eq!(rows.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn marks_within_a_stream_are_refused_before_anything_is_sent() {
    let server = Server::start([json("{}").header("X-State", "done")]);
    let exports = exports(&server);
    for (error, way_out) in [
        (exports.unseen().poll().await.unwrap_err(), "by `result = ..`"),
        (exports.repeated().poll().await.unwrap_err(), "call `.done_when(..)`"),
    ] {
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().contains(way_out), "{error}");
    }
    assert!(server.requests().is_empty());
    // A function sees what is beside the stream.
    let export = exports.by_header().poll().done_when(|export| export.state == "done");
    assert_eq!(all(export.await.unwrap().content).await, b"{}");
}

#[api_client]
trait Files {
    #[put("files/<id>", poll(link = header("Location")))]
    async fn upload(&self, id: u8, #[body] content: Body) -> Row;
}

fn stream() -> Body {
    let chunks = [Ok::<_, std::io::Error>("a"), Ok("b")];
    Body::from_stream(futures_util::stream::iter(chunks))
}

#[tokio::test]
async fn polls_after_an_upload_by_stream_are_retried() {
    let server = Server::start([
        Reply::empty(202).header("Location", "/status/1"),
        Reply::empty(503),
        Reply::empty(503),
        json(r#"{"id": 7}"#),
    ]);
    let row = FilesClient::new(client(&server)).upload(7, stream()).poll().await.unwrap();
    assert_eq!(row, Row { id: 7 });
    let requests = server.requests();
    assert_eq!((requests.len(), requests[0].text()), (4, "ab"));
    assert!(requests[1..].iter().all(|request| request.body.is_empty()));
    // Control: the upload itself is sent once.
    let server = Server::start([Reply::empty(503)]);
    let error = FilesClient::new(client(&server)).upload(7, stream()).poll().await.unwrap_err();
    assert!(error.to_string().contains("which is sent only once"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn polls_after_an_upload_by_stream_get_a_new_token() {
    let server =
        Server::answer(|request| match (&*request.method, request.header("authorization")) {
            ("PUT", _) => Reply::empty(202).header("Location", "/status/1"),
            (_, Some("Bearer t-2")) => json(r#"{"id": 7}"#),
            _ => Reply::empty(401),
        });
    let row = FilesClient::new(renewing(&server)).upload(7, stream()).poll().await.unwrap();
    assert_eq!(row, Row { id: 7 });
    assert_eq!(targets(&server), ["PUT /files/7", "GET /status/1", "GET /status/1"]);
}

#[api_client]
trait Machines {
    #[put(
        "vm/<id>",
        poll(link = header("Azure-AsyncOperation"), result = header("Location")),
        done(status = "Succeeded")
    )]
    async fn create(
        &self,
        id: &str,
        size: u8,
        #[header("If-None-Match")] only_new: Option<&str>,
        #[header("Content-Language")] language: &str,
        #[header("X-Tenant")] tenant: &str,
    ) -> Row;
}

#[tokio::test]
async fn a_link_is_followed_without_conditions_and_headers_of_the_body() {
    let server = Server::start([
        Reply::json(201, "{}").header("Azure-AsyncOperation", "/o/1").header("Location", "/vm/a"),
        json(r#"{"status": "Succeeded"}"#),
        json(r#"{"id": 1}"#),
    ]);
    let machines = MachinesClient::new(client(&server));
    machines.create("a", 2, "en", "t").only_new("*").poll().await.unwrap();
    let requests = server.requests();
    let sent = |name: &str| requests.iter().map(|request| request.header(name)).collect::<Vec<_>>();
    assert_eq!(sent("if-none-match"), [Some("*"), None, None]);
    assert_eq!(sent("content-language"), [Some("en"), None, None]);
    assert_eq!(sent("x-tenant"), [Some("t"); 3]);
}

#[api_client]
trait Links {
    #[post("jobs", poll(link = field(links.self)), done(links.type = "done"))]
    async fn nested(&self) -> Row;

    #[post("jobs", poll(link = field(r#ref), result = field(meta."a.b")), done(r#type = "done"))]
    async fn keywords(&self) -> Row;
}

#[tokio::test]
async fn a_field_with_a_link_can_have_any_name() {
    let server = Server::start([
        json(r#"{"links": {"self": "/o/1"}, "id": 0}"#),
        json(r#"{"links": {"type": "done"}, "id": 1}"#),
        json(r#"{"ref": "/o/2"}"#),
        json(r#"{"type": "done", "meta": {"a.b": "/r/2"}}"#),
        json(r#"{"id": 2}"#),
        Reply::json(202, "{}"),
    ]);
    let links = LinksClient::new(client(&server));
    assert_eq!(links.nested().poll().await.unwrap(), Row { id: 1 });
    assert_eq!(links.keywords().poll().await.unwrap(), Row { id: 2 });
    let error = links.keywords().poll().await.unwrap_err();
    assert!(error.to_string().contains("has no field `ref`"), "{error}");
    assert_eq!(
        targets(&server)[..5],
        ["POST /jobs", "GET /o/1", "POST /jobs", "GET /o/2", "GET /r/2"]
    );
}

#[api_client(envelope = "data")]
trait Enveloped {
    #[post("jobs", poll(link = field(url), result = field(at)), done(status = "ok"))]
    async fn start(&self) -> Row;
}

#[tokio::test]
async fn links_are_within_the_envelope_as_marks_are() {
    let replies = || {
        [
            json(r#"{"data": {"status": "run", "url": "/o/1"}}"#),
            json(r#"{"data": {"status": "ok", "at": "/r/1"}}"#),
            json(r#"{"data": {"id": 5}}"#),
        ]
    };
    let server = Server::start(replies());
    let row = EnvelopedClient::new(client(&server)).start().poll().await.unwrap();
    assert_eq!(row, Row { id: 5 });
    let expected = ["POST /jobs", "GET /o/1", "GET /r/1"];
    assert_eq!(targets(&server), expected);
    let server = Server::start(replies());
    let (url, waits) = (server.url(), Duration::from_millis(10));
    let row = tokio::task::spawn_blocking(move || {
        let client = support::client(url).env_proxies(false).build().unwrap();
        BlockingEnvelopedClient::new(client).start().poll().every(waits).send()
    });
    assert_eq!(row.await.unwrap().unwrap(), Row { id: 5 });
    assert_eq!(targets(&server), expected);
}
