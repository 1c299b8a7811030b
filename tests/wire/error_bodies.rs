//! Error classes that carry the error body, and the error class of a single endpoint.

use connectors_client::{Error, ErrorClass, ErrorKind, api_client};
use http::StatusCode;
use serde::Deserialize;
use support::server::{Reply, Server};

use crate::builder;

#[derive(Debug, PartialEq, Deserialize)]
struct Problems {
    fields: Vec<String>,
}

#[derive(Debug, PartialEq, ErrorClass)]
enum TicketsError {
    #[status(404)]
    NotFound,
    #[status(422)]
    Invalid(Option<Problems>),
    #[status(other)]
    Other,
}

#[derive(Debug, PartialEq, ErrorClass)]
enum CreateError {
    #[status(409)]
    Taken(Option<u64>),
    #[status(422)]
    Unfit,
}

#[api_client(error = TicketsError)]
trait Tickets {
    #[get("tickets/<id>")]
    async fn get(&self, id: u64) -> Option<String>;

    #[post("tickets", error = CreateError)]
    async fn create(&self, title: &str) -> u64;
}

fn start(reply: Reply) -> (Server, TicketsClient) {
    let server = Server::start([reply]);
    let client = builder(&server).max_retries(0).build().unwrap();
    (server, TicketsClient::new(client))
}

/// Returns the error of a GET that receives this response.
async fn error_of(reply: Reply) -> Error {
    let (_server, tickets) = start(reply);
    tickets.get(5).await.unwrap_err()
}

const FITS: &str = r#"{"fields": ["title"], "message": "no title"}"#;

fn no_title() -> TicketsError {
    TicketsError::Invalid(Some(Problems { fields: vec!["title".to_owned()] }))
}

#[tokio::test]
async fn a_valid_error_body_is_part_of_the_class() {
    let error = error_of(Reply::json(422, FITS)).await;
    assert_eq!(error.class(), Some(no_title()));
    assert_eq!(error.class(), Some(no_title()), "the class can be read again");
    assert_eq!(error.to_string(), "GET tickets/<id>: 422 Invalid: no title");
    assert_eq!(error.body().unwrap(), FITS);
}

#[tokio::test]
async fn the_content_type_and_a_byte_order_mark_are_ignored() {
    let marked = format!("\u{feff}{FITS}");
    let error = error_of(Reply::text(422, "text/html; charset=utf-8", &marked)).await;
    assert_eq!(error.class(), Some(no_title()));
    assert_eq!(error.body_as(), Some(Problems { fields: vec!["title".to_owned()] }));
}

#[tokio::test]
async fn an_invalid_error_body_keeps_the_class() {
    let replies = [
        Reply::text(422, "text/html", "<html>unprocessable</html>"),
        Reply::empty(422),
        Reply::json(422, r#"{"fields": 5}"#),
        Reply::json(422, "null"),
        Reply::json(422, &format!("{FITS}{FITS}")),
        Reply::bytes(422, "application/json", b"{\"fields\": [\"\xff\"]}".to_vec()),
        Reply::json(422, &format!(r#"{{"fields": ["{}"]}}"#, "x".repeat(100_000))),
        Reply::json(422, &"[".repeat(10_000)),
        Reply::json(422, FITS).header("content-encoding", "gzip"),
        Reply::json(422, FITS).cut_body_after(10),
        Reply::json(422, FITS).reset_after(10),
        Reply::json(422, FITS).chunked([8]).cut_body_after(20),
    ];
    for reply in replies {
        let shown = format!("{reply:?}");
        let error = error_of(reply).await;
        assert_eq!(error.class(), Some(TicketsError::Invalid(None)), "{shown}: {error}");
        assert_eq!(error.status(), Some(StatusCode::UNPROCESSABLE_ENTITY));
    }
}

#[tokio::test]
async fn a_class_without_a_body_ignores_the_error_body() {
    assert_eq!(error_of(Reply::json(404, FITS)).await.class(), Some(TicketsError::NotFound));
    assert_eq!(error_of(Reply::json(418, FITS)).await.class(), Some(TicketsError::Other));
}

#[tokio::test]
async fn a_success_status_has_no_class() {
    let error = error_of(Reply::json(200, r#"{"fields": ["title"]}"#)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.class::<TicketsError>(), None);
}

#[tokio::test]
async fn the_error_of_an_endpoint_overrides_the_one_of_its_trait() {
    let (_server, tickets) = start(Reply::json(409, "7"));
    let error = tickets.create("x").await.unwrap_err();
    assert_eq!(error.to_string(), "POST tickets: 409 Taken: application/json, 1 byte");
    assert_eq!(error.class(), Some(CreateError::Taken(Some(7))));
    // The caller may still match with the class of the trait.
    assert_eq!(error.class(), Some(TicketsError::Other));

    let (_server, tickets) = start(Reply::json(422, "{}"));
    assert_eq!(
        tickets.create("x").await.unwrap_err().to_string(),
        "POST tickets: 422 Unfit: application/json, 2 bytes"
    );
    assert_eq!(
        tickets.get(5).await.unwrap_err().to_string(),
        "GET tickets/<id>: 422 Invalid: application/json, 2 bytes"
    );

    // The two classes are not mixed: a status unknown to the endpoint's class does not get a name
    // from the trait's class.
    let (_server, tickets) = start(Reply::json(404, "{}"));
    assert_eq!(
        tickets.create("x").await.unwrap_err().to_string(),
        "POST tickets: 404 Not Found: application/json, 2 bytes"
    );
    assert_eq!(
        tickets.get(5).await.unwrap_err().to_string(),
        "GET tickets/<id>: 404 NotFound: application/json, 2 bytes"
    );
}

#[test]
fn a_fake_error_has_a_body() {
    assert_eq!(Error::fake(422, FITS).class(), Some(no_title()));
    assert_eq!(Error::fake(422, "").class(), Some(TicketsError::Invalid(None)));
    assert_eq!(Error::fake(409, "x").class(), Some(CreateError::Taken(None)));
    assert_eq!(Error::fake(500, "7").class::<CreateError>(), None);
}

/// A handwritten class, selected by the status alone.
#[derive(Debug, PartialEq)]
struct Status(u16);

impl ErrorClass for Status {
    fn from_status(status: StatusCode) -> Option<Self> {
        Some(Self(status.as_u16()))
    }

    fn name(&self) -> &'static str {
        "Status"
    }
}

#[test]
fn a_handwritten_class_needs_no_bodies() {
    assert_eq!(Error::fake(422, FITS).class(), Some(Status(422)));
}
