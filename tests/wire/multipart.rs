//! Multipart forms, compared part by part.

use std::io;

use bytes::Bytes;
use connectors_client::{Body, ErrorKind, IntoParts, Part, Parts, RequestOptions, api_client};
use futures_util::stream;
use serde::Serialize;
use support::clock::TestClock;
use support::server::{Recorded, Reply, Server};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    EmbedInput,
}

#[derive(Serialize)]
struct Options {
    dry: bool,
}

/// A custom type that becomes several parts.
struct Pair(&'static str, &'static str);

impl IntoParts for Pair {
    fn into_parts(self) -> Parts {
        [Part::new(self.0).file_name("0"), Part::new(self.1).file_name("1")].into_iter().collect()
    }
}

#[api_client]
trait Datasets {
    #[post("datasets?<name>", multipart)]
    #[expect(clippy::too_many_arguments, reason = "one argument of each kind")]
    async fn create(
        &self,
        name: &str,
        kind: Kind,
        #[field("keep_fields")] keep: &[&str],
        size: Option<f64>,
        #[field("options")] settings: Option<&Options>,
        raw: Option<Bytes>,
        note: Option<&str>,
        steps: Option<&[Options]>,
        numbers: Option<Vec<Option<u8>>>,
        pair: Option<Pair>,
        data: Option<Part>,
        files: Option<Parts>,
    );

    #[post("odd", multipart)]
    async fn odd(&self, #[field("we\"ird\r\n")] odd: &str);

    #[put("datasets/<id>", multipart)]
    async fn replace(&self, id: u8, data: Part);
}

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, DatasetsClient) {
    let server = Server::start(replies);
    let builder = support::client(server.url()).env_proxies(false).clock(TestClock::new());
    let client = builder.build().unwrap();
    (server, DatasetsClient::new(client))
}

/// Returns the body with its boundary replaced by `B`. The boundary must be the one in the header.
fn form(request: &Recorded) -> String {
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert!(
        (16..=70).contains(&boundary.len())
            && boundary.bytes().all(|byte| byte.is_ascii_hexdigit())
    );
    request.text().replace(boundary, "B")
}

#[tokio::test]
async fn each_argument_is_sent_as_a_part_of_its_kind() {
    let (server, datasets) = start([Reply::empty(204)]);
    let request = datasets
        .create("n", Kind::EmbedInput, &["a", "b"])
        .size(1.5)
        .settings(&Options { dry: true })
        .raw(Bytes::from_static(b"\x00"))
        .note("grüße")
        .steps(&[Options { dry: true }, Options { dry: false }])
        .numbers(vec![Some(1), None, Some(2)])
        .pair(Pair("x", "y"));
    request.await.unwrap();
    let request = server.request();
    assert_eq!(request.target, "/datasets?name=n");
    assert_eq!(request.header("content-length").unwrap(), request.body.len().to_string());
    let disposition = "Content-Disposition: form-data; name=";
    assert_eq!(
        form(&request),
        format!(
            "--B\r\n{disposition}\"kind\"\r\n\r\nembed-input\r\n\
             --B\r\n{disposition}\"keep_fields\"\r\n\r\na\r\n\
             --B\r\n{disposition}\"keep_fields\"\r\n\r\nb\r\n\
             --B\r\n{disposition}\"size\"\r\n\r\n1.5\r\n\
             --B\r\n{disposition}\"options\"\r\nContent-Type: application/json\r\n\r\n{{\"dry\":true}}\r\n\
             --B\r\n{disposition}\"raw\"; filename=\"raw\"\r\nContent-Type: application/octet-stream\r\n\r\n\0\r\n\
             --B\r\n{disposition}\"note\"\r\n\r\ngrüße\r\n\
             --B\r\n{disposition}\"steps\"\r\nContent-Type: application/json\r\n\r\n{{\"dry\":true}}\r\n\
             --B\r\n{disposition}\"steps\"\r\nContent-Type: application/json\r\n\r\n{{\"dry\":false}}\r\n\
             --B\r\n{disposition}\"numbers\"\r\n\r\n1\r\n\
             --B\r\n{disposition}\"numbers\"\r\n\r\n2\r\n\
             --B\r\n{disposition}\"pair\"; filename=\"0\"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n\
             --B\r\n{disposition}\"pair\"; filename=\"1\"\r\nContent-Type: application/octet-stream\r\n\r\ny\r\n\
             --B--\r\n"
        )
    );
}

/// Returns the heads and bodies of the parts.
fn parts(request: &Recorded) -> Vec<(String, String)> {
    let form = form(request);
    let inner = form.strip_prefix("--B\r\n").and_then(|form| form.strip_suffix("\r\n--B--\r\n"));
    let part = |part: &str| {
        let (head, body) = part.split_once("\r\n\r\n").unwrap();
        (head.replace("Content-Disposition: form-data; ", ""), body.to_owned())
    };
    inner.unwrap().split("\r\n--B\r\n").map(part).collect()
}

fn part(head: &str, body: &str) -> (String, String) {
    (head.to_owned(), body.to_owned())
}

#[tokio::test]
async fn each_part_has_its_filename_and_content_type() {
    let folder = std::env::temp_dir().join(format!("connectors-multipart-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("dätä \"1\".csv");
    std::fs::write(&path, "a,b\n").unwrap();
    let (server, datasets) = start([Reply::empty(503), Reply::empty(204)]);
    let files = [
        Part::file(&path),
        Part::file(&path).file_name("other\r\nX: y").content_type("text/plain"),
        Part::json(&Options { dry: true }).file_name("options.json"),
        Part::new(Body::from_fn(|| Body::from("made"))),
        "text".into(),
        Part::new(vec![1, 2]).content_type("image/png"),
    ];
    let request = datasets.create("n", Kind::EmbedInput, &[]).files(files.into_iter().collect());
    let error = request.clone().await.unwrap_err();
    assert_eq!(error.attempts(), 1, "a POST is not retried for a 503");
    request.await.unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    for request in server.requests() {
        assert_eq!(request.header("content-length").unwrap(), request.body.len().to_string());
        assert_eq!(
            parts(&request),
            [
                part("name=\"kind\"", "embed-input"),
                part(
                    "name=\"files\"; filename=\"dätä %221%22.csv\"\r\nContent-Type: text/csv",
                    "a,b\n"
                ),
                part(
                    "name=\"files\"; filename=\"other%0D%0AX: y\"\r\nContent-Type: text/plain",
                    "a,b\n"
                ),
                part(
                    "name=\"files\"; filename=\"options.json\"\r\nContent-Type: application/json",
                    "{\"dry\":true}"
                ),
                part("name=\"files\"", "made"),
                part("name=\"files\"", "text"),
                part("name=\"files\"\r\nContent-Type: image/png", "\u{1}\u{2}"),
            ]
        );
    }
}

#[tokio::test]
async fn a_retried_form_has_a_new_boundary() {
    let (server, datasets) = start([Reply::empty(503), Reply::empty(204)]);
    datasets.replace(7, Part::new("x")).await.unwrap();
    let requests = server.requests();
    assert_eq!(form(&requests[0]), form(&requests[1]));
    assert_ne!(requests[0].header("content-type"), requests[1].header("content-type"));
}

#[tokio::test]
async fn a_form_with_a_stream_is_chunked_and_sent_once() {
    let (server, datasets) = start([Reply::empty(503)]);
    let stream = Body::from_stream(stream::iter(["a", "b"].map(Ok::<_, io::Error>)));
    let error = datasets.replace(7, Part::new(stream)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "PUT datasets/<id>: 503 Service Unavailable (not retried: the request body is a stream, which is sent only once)"
    );
    let request = server.request();
    assert_eq!(
        (request.header("transfer-encoding"), request.header("content-length")),
        (Some("chunked"), None)
    );
    assert_eq!(parts(&request), [part("name=\"data\"", "ab")]);
    let sized = Body::from_stream(stream::iter(["a", "b"].map(Ok::<_, io::Error>))).with_length(2);
    datasets.replace(7, Part::new(sized)).await.unwrap_err();
    let request = server.requests().pop().unwrap();
    assert_eq!(request.header("content-length").unwrap(), request.body.len().to_string());
}

#[tokio::test]
async fn an_invalid_part_fails_the_call() {
    let (server, datasets) = start([Reply::empty(204)]);
    let cases = [
        (Part::file("/no/such/file"), "`data` cannot be read from `/no/such/file`: "),
        (
            Part::json(&std::collections::BTreeMap::from([([1, 2], 3)])),
            "`data` has a map key that is not text",
        ),
        (
            Part::new("x").content_type("a\r\nb"),
            "`data` has a content type that is not a media type",
        ),
    ];
    for (part, text) in cases {
        let error = datasets.replace(7, part).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().starts_with(&format!("PUT datasets/<id>: {text}")), "{error}");
    }
    let error = datasets.create("n", Kind::EmbedInput, &[]).size(f64::NAN).await.unwrap_err();
    assert_eq!(error.to_string(), "POST datasets: `size` is not a finite number");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_later_setter_replaces_or_removes_a_part() {
    let (server, datasets) = start([Reply::empty(204)]);
    datasets
        .create("n", Kind::EmbedInput, &[])
        .note("first")
        .note("second")
        .data(Part::new("gone"))
        .maybe_data(None)
        .await
        .unwrap();
    assert_eq!(
        parts(&server.request()),
        [part("name=\"kind\"", "embed-input"), part("name=\"note\"", "second")]
    );
}

#[tokio::test]
async fn body_fields_from_options_become_parts() {
    let (server, datasets) = start([Reply::empty(204)]);
    let options = RequestOptions::new()
        .body_field("note", ["x", "y"])
        .body_field("extra", serde_json::json!({"a": 1}))
        .body_field("kind", None::<u8>);
    datasets.create("n", Kind::EmbedInput, &[]).note("own").options(options).await.unwrap();
    assert_eq!(
        parts(&server.request()),
        [
            part("name=\"note\"", "x"),
            part("name=\"note\"", "y"),
            part("name=\"extra\"\r\nContent-Type: application/json", "{\"a\":1}"),
        ]
    );
}

/// Field names come from the endpoint or from the options of a call. Either way, they stay names.
#[tokio::test]
async fn field_names_are_escaped() {
    let (server, datasets) = start([Reply::empty(204)]);
    let options = RequestOptions::new()
        .body_field("a\"b", "1")
        .body_field("a\r\nX-Injected: y", "2")
        .body_field("\"; filename=\"f", "3")
        .body_field("\r\n\r\n--B--", "4")
        .body_field("naïve name", "5")
        .body_field("a\\", "6");
    datasets.odd("7").options(options).await.unwrap();
    let names = [
        ("name=\"we%22ird%0D%0A\"", "7"),
        ("name=\"a%22b\"", "1"),
        ("name=\"a%0D%0AX-Injected: y\"", "2"),
        ("name=\"%22; filename=%22f\"", "3"),
        ("name=\"%0D%0A%0D%0A--B--\"", "4"),
        ("name=\"naïve name\"", "5"),
        ("name=\"a\\\"", "6"),
    ];
    assert_eq!(parts(&server.request()), names.map(|(head, body)| part(head, body)));
}

#[tokio::test]
async fn a_form_without_parts_is_valid() {
    let (server, datasets) = start([Reply::empty(204)]);
    datasets
        .create("n", Kind::EmbedInput, &[])
        .options(RequestOptions::new().body_field("kind", ()))
        .await
        .unwrap();
    assert_eq!(form(&server.request()), "--B--\r\n");
}

#[test]
fn blocking_calls_send_forms() {
    let server = Server::start([Reply::empty(204)]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    BlockingDatasetsClient::new(client).replace(7, Part::new("x").file_name("f")).send().unwrap();
    assert_eq!(
        parts(&server.request()),
        [part("name=\"data\"; filename=\"f\"\r\nContent-Type: application/octet-stream", "x")]
    );
}

#[tokio::test]
async fn options_cannot_override_the_boundary() {
    let server = Server::start([Reply::empty(204)]);
    let builder = support::client(server.url()).env_proxies(false);
    let client = builder.header("Content-Type", "application/json").build().unwrap();
    let datasets = DatasetsClient::new(client);
    datasets.replace(7, Part::new("x")).await.unwrap();
    assert_eq!(parts(&server.request()), [part("name=\"data\"", "x")]);
    let options = RequestOptions::new().header("Content-Type", "multipart/form-data");
    let error = datasets.replace(7, Part::new("x")).options(options).await.unwrap_err();
    assert!(error.to_string().ends_with("contains its boundary and cannot be set"), "{error}");
    let error = datasets.replace(7, Part::new("x").content_type("é/b")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
}
