//! Responses by status and with headers, as read by `#[derive(FromResponse)]`.

use bytes::Bytes;
use connectors_client::{Error, ErrorClass, ErrorKind, FromResponse, Response, Text, api_client};
use http::StatusCode;
use serde::Deserialize;
use support::server::{Reply, Server};

#[derive(Debug, Deserialize, PartialEq)]
struct Ticket {
    id: u64,
}

#[derive(Debug, FromResponse, PartialEq)]
enum Job {
    #[status(200, 203)]
    Done(Ticket),
    #[status(202)]
    Accepted {
        #[header("Location")]
        location: String,
        #[body]
        ticket: Ticket,
        #[header("Retry-After")]
        wait: Option<u64>,
    },
    #[status(204)]
    Nothing,
    #[status(304)]
    NotModified,
    #[status(other)]
    Other(Bytes),
}

/// An enum without an `other` variant.
#[derive(Debug, FromResponse, PartialEq)]
enum Narrow {
    #[status(200)]
    Done(Ticket),
    #[status(304)]
    NotModified {
        #[header("ETag")]
        etag: String,
    },
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
enum Method {
    Get,
    Put,
}

#[derive(Debug, FromResponse, PartialEq)]
struct Page<T> {
    #[header("X-Total-Count")]
    total: Option<u64>,
    #[header("ETag")]
    etag: Option<String>,
    #[header("Allow")]
    allow: Option<Vec<Method>>,
    #[status]
    status: StatusCode,
    #[status]
    code: u16,
    #[body]
    items: Vec<T>,
}

/// Adds a header to a response type with several statuses.
#[derive(Debug, FromResponse)]
struct Limited {
    #[header("X-Remaining")]
    remaining: i32,
    #[body]
    reply: Narrow,
}

#[derive(Debug, FromResponse)]
struct Size {
    #[header("Content-Length")]
    bytes: u64,
}

#[derive(Debug, FromResponse)]
struct Whole(Text);

#[derive(Clone, Copy, Debug, ErrorClass, PartialEq)]
enum JobsError {
    #[status(404)]
    NotFound,
    #[status(other)]
    Other,
}

#[api_client(error = JobsError)]
trait Jobs {
    #[get("jobs/<id>")]
    async fn get(&self, id: u64, #[header("If-None-Match")] etag: Option<&str>) -> Job;

    #[get("narrow")]
    async fn narrow(&self) -> Narrow;

    #[get("jobs")]
    async fn list(&self) -> Page<Ticket>;

    #[get("limited")]
    async fn limited(&self) -> Limited;

    #[head("jobs")]
    async fn size(&self) -> Size;

    #[get("whole")]
    async fn whole(&self) -> Whole;
}

fn start(reply: Reply) -> (Server, JobsClient) {
    let server = Server::start([reply]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    (server, JobsClient::new(client))
}

fn ticket(status: u16) -> Reply {
    Reply::json(status, r#"{"id": 5}"#)
}

/// Returns the text of a `Decode` error after the endpoint.
fn detail(error: &Error) -> String {
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    error.to_string().split_once(": ").unwrap().1.to_owned()
}

#[tokio::test]
async fn the_status_selects_the_variant() {
    let accepted =
        Job::Accepted { location: "/jobs/5".to_owned(), ticket: Ticket { id: 5 }, wait: Some(30) };
    for (reply, expected) in [
        (ticket(200), Job::Done(Ticket { id: 5 })),
        (ticket(203), Job::Done(Ticket { id: 5 })),
        (ticket(202).header("location", "/jobs/5").header("retry-after", "30"), accepted),
        (Reply::empty(204), Job::Nothing),
        (Reply::empty(304), Job::NotModified),
        (Reply::text(201, "text/plain", "made"), Job::Other(Bytes::from_static(b"made"))),
        (Reply::text(206, "text/plain", "part"), Job::Other(Bytes::from_static(b"part"))),
    ] {
        let (_server, jobs) = start(reply);
        assert_eq!(jobs.get(1).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn a_raw_client_returns_the_status_and_the_variant() {
    let (_server, jobs) = start(Reply::empty(304).header("etag", "\"a\""));
    let raw = jobs.with_raw_response().get(1).await.unwrap();
    assert_eq!((raw.status(), &raw.data), (StatusCode::NOT_MODIFIED, &Job::NotModified));
    assert_eq!((raw.headers()["etag"].to_str().unwrap(), raw.attempts()), ("\"a\"", 1));
}

#[test]
fn blocking_clients_read_responses_by_status() {
    let server =
        Server::start([Reply::empty(304), Reply::empty(304), ticket(200), Reply::empty(404)]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let jobs = BlockingJobsClient::new(client);
    assert_eq!(jobs.get(1).send().unwrap(), Job::NotModified);
    assert_eq!(jobs.with_raw_response().get(1).send().unwrap().data, Job::NotModified);
    assert_eq!(jobs.narrow().send().unwrap(), Narrow::Done(Ticket { id: 5 }));
    assert_eq!(jobs.get(1).send().unwrap_err().class(), Some(JobsError::NotFound));
}

#[tokio::test]
async fn an_etag_round_trips() {
    let server = Server::answer(|request| match request.header("if-none-match") {
        Some("\"a1\"") => Reply::empty(304).header("etag", "\"a1\""),
        _ => Reply::json(200, "[]").header("etag", "\"a1\""),
    });
    let jobs = JobsClient::new(crate::client(&server));
    let etag = jobs.list().await.unwrap().etag.unwrap();
    assert_eq!(jobs.get(1).etag(&etag).await.unwrap(), Job::NotModified);
    let requests = server.requests();
    assert_eq!(
        (requests[0].header("if-none-match"), requests[1].header("if-none-match")),
        (None, Some("\"a1\""))
    );
}

#[tokio::test]
async fn the_accept_header_lists_each_media_type_once() {
    let (server, jobs) = start(ticket(200));
    jobs.get(1).await.unwrap();
    jobs.narrow().await.unwrap();
    jobs.size().await.unwrap();
    let accepts: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("accept").unwrap().to_owned())
        .collect();
    assert_eq!(accepts, ["application/json, */*", "application/json", "*/*"]);
}

#[tokio::test]
async fn a_struct_reads_headers_status_and_body() {
    let reply = Reply::json(201, r#"[{"id": 5}]"#)
        .header("x-total-count", "37")
        .header("allow", "GET, PUT")
        .header("allow", "GET");
    let (_server, jobs) = start(reply);
    let page = jobs.list().await.unwrap();
    let expected = Page {
        total: Some(37),
        etag: None,
        allow: Some(vec![Method::Get, Method::Put, Method::Get]),
        status: StatusCode::CREATED,
        code: 201,
        items: vec![Ticket { id: 5 }],
    };
    assert_eq!(page, expected);
}

#[tokio::test]
async fn a_struct_accepts_the_statuses_of_its_body() {
    let (_server, jobs) =
        start(Reply::empty(304).header("x-remaining", "-1").header("etag", "\"b\""));
    let limited = jobs.limited().await.unwrap();
    let expected = Narrow::NotModified { etag: "\"b\"".to_owned() };
    assert_eq!((limited.remaining, limited.reply), (-1, expected));
}

#[tokio::test]
async fn a_head_request_reads_only_headers() {
    let (_server, jobs) = start(Reply::json(200, r#"{"id": 5}"#));
    assert_eq!(jobs.size().await.unwrap().bytes, 9);
}

#[tokio::test]
async fn a_single_unnamed_field_is_the_body() {
    let (server, jobs) = start(Reply::text(200, "text/plain", "text"));
    assert_eq!(jobs.whole().await.unwrap().0.as_str(), "text");
    assert_eq!(server.request().header("accept"), Some("text/plain, */*;q=0.5"));
}

#[tokio::test]
async fn a_missing_or_invalid_header_is_named_in_the_error() {
    let missing = "the response has no header `location`: expected a string";
    let garbled = "the header `retry-after` does not fit: expected u64";
    let binary = "the header `location` is not UTF-8 text";
    for (reply, expected) in [
        (ticket(202), missing),
        (ticket(202).header("location", "/").header("retry-after", "soon"), garbled),
        (ticket(202).header("location", [0xff]), binary),
    ] {
        let (server, jobs) = start(reply.header("x-request-id", "r1"));
        let error = jobs.get(1).await.unwrap_err();
        assert_eq!(detail(&error), format!("{expected} (request id r1)"));
        assert_eq!((error.status(), error.attempts()), (Some(StatusCode::ACCEPTED), 1));
        assert!(error.headers().unwrap().contains_key("x-request-id"));
        assert_eq!(error.body_as::<Ticket>(), Some(Ticket { id: 5 }));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_success_without_a_variant_is_an_error_that_keeps_the_body() {
    let (_server, jobs) = start(Reply::text(206, "text/plain", "part"));
    let error = jobs.narrow().await.unwrap_err();
    assert_eq!(detail(&error), "`Narrow` has no variant for the status 206");
    assert_eq!(error.body().unwrap(), "part");
    assert_eq!(error.class::<JobsError>(), None);
}

/// A declared status is not an error, even if the response cannot be decoded.
#[tokio::test]
async fn a_304_that_cannot_be_read_has_no_class() {
    let (_server, jobs) = start(Reply::empty(304));
    let error = jobs.narrow().await.unwrap_err();
    assert_eq!(detail(&error), "the response has no header `etag`: expected a string");
    assert_eq!(
        (error.status(), error.class::<JobsError>()),
        (Some(StatusCode::NOT_MODIFIED), None)
    );
    assert!(error.may_have_executed());
}

#[tokio::test]
async fn an_undeclared_304_is_an_error() {
    let (_server, jobs) = start(Reply::empty(304));
    let error = jobs.list().await.unwrap_err();
    assert_eq!((error.kind(), error.class()), (ErrorKind::Api, Some(JobsError::Other)));
}

#[tokio::test]
async fn a_decode_error_explains_an_invalid_body() {
    let (_server, jobs) = start(Reply::json(200, r#"{"id": "x"}"#));
    let error = jobs.get(1).await.unwrap_err();
    assert!(
        detail(&error)
            .starts_with("the response does not fit at `id`: expected u64, found a string"),
        "{error}"
    );
}

#[tokio::test]
async fn responses_by_status_do_not_prevent_retries() {
    let server = Server::start([Reply::empty(503), Reply::empty(304)]);
    let jobs = JobsClient::new(crate::client(&server));
    let raw = jobs.with_raw_response().get(1).await.unwrap();
    assert_eq!((raw.attempts(), raw.data), (2, Job::NotModified));
}

/// A custom response format.
#[derive(Debug, PartialEq)]
struct Rows(Vec<String>);

impl FromResponse for Rows {
    fn accept() -> &'static str {
        "text/csv"
    }

    fn from_response(response: Response) -> Result<Self, Error> {
        match std::str::from_utf8(response.body()) {
            Ok(text) => Ok(Self(text.lines().map(str::to_owned).collect())),
            Err(_) => Err(response.decode_error("the rows are no text")),
        }
    }
}

#[api_client]
trait Tables {
    #[get("rows")]
    async fn rows(&self) -> Rows;
}

#[tokio::test]
async fn a_custom_format_is_read_by_its_own_code() {
    let server = Server::start([
        Reply::text(200, "text/csv", "a\nb\n"),
        Reply::bytes(200, "text/csv", vec![0xff]),
    ]);
    let tables =
        TablesClient::new(support::client(server.url()).env_proxies(false).build().unwrap());
    assert_eq!(tables.rows().await.unwrap(), Rows(vec!["a".into(), "b".into()]));
    let error = tables.rows().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.body()),
        (ErrorKind::Decode, Some(&Bytes::from_static(b"\xff")))
    );
    assert!(server.requests().iter().all(|request| request.header("accept") == Some("text/csv")));
}

/// A response type in which a 4xx is a result.
#[derive(Debug, FromResponse, PartialEq)]
enum Member {
    #[status(204)]
    Yes,
    #[status(404)]
    No {
        #[body]
        ticket: Ticket,
    },
}

#[api_client(error = JobsError)]
trait Members {
    #[get("members/<name>")]
    async fn check(&self, name: &str) -> Member;
}

#[tokio::test]
async fn a_declared_error_status_is_a_result() {
    let server = Server::start([
        Reply::empty(204),
        Reply::json(404, r#"{"id": 9}"#),
        Reply::json(404, "{}"),
        Reply::json(403, r#"{"id": 9}"#),
    ]);
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let members = MembersClient::new(client);
    assert_eq!(members.check("a").await.unwrap(), Member::Yes);
    let raw = members.with_raw_response().check("a").await.unwrap();
    assert_eq!(
        (raw.status(), raw.data),
        (StatusCode::NOT_FOUND, Member::No { ticket: Ticket { id: 9 } })
    );
    // The status is not an error. It has no class even if its body is invalid.
    let error = members.check("a").await.unwrap_err();
    assert_eq!((error.kind(), error.class::<JobsError>()), (ErrorKind::Decode, None));
    let error = members.check("a").await.unwrap_err();
    assert_eq!((error.kind(), error.class()), (ErrorKind::Api, Some(JobsError::Other)));
    assert_eq!(server.requests().len(), 4);
}
