//! Servers that misbehave below HTTP. The tests check the kind of error, the data it keeps, and
//! that the next call works.

use connectors_client::cohere::{ConnectorsClient, ConnectorsError};
use connectors_client::{Error, ErrorKind, RequestOptions};
use std::time::Duration;
use support::server::{Reply, Server};

use crate::{CONNECTOR, builder};

/// Calls `get` and `create` once each against a fault, without retries. Then calls `get` again on
/// the same client, which must work.
async fn meet(fault: Reply, kind: ErrorKind) -> (Error, Error) {
    let server = Server::start([
        fault.clone(),
        fault,
        Reply::json(200, CONNECTOR),
        Reply::json(200, CONNECTOR),
    ]);
    // Only faults that must time out get a short timeout. A busy machine cannot fail the others.
    let limit = Duration::from_millis(if kind == ErrorKind::Timeout { 300 } else { 30_000 });
    let connectors = ConnectorsClient::new(builder(&server).max_retries(0).build().unwrap())
        .with_options(RequestOptions::new().attempt_timeout(limit));
    let errors =
        (connectors.get("c").await.unwrap_err(), connectors.create("n", "u").await.unwrap_err());
    let patient = RequestOptions::new().attempt_timeout(Duration::from_secs(30));
    connectors.get("c").options(patient).await.unwrap();
    errors
}

#[tokio::test]
async fn each_fault_has_its_kind_and_the_next_call_works() {
    let faults = [
        ("close", Reply::close(), ErrorKind::Interrupted),
        ("reset", Reply::reset(), ErrorKind::Interrupted),
        ("stall", Reply::stall(), ErrorKind::Timeout),
        ("stall in the body", Reply::json(200, CONNECTOR).stall_after(5), ErrorKind::Timeout),
        ("cut body", Reply::json(200, CONNECTOR).cut_body_after(10), ErrorKind::Interrupted),
        ("reset in the body", Reply::json(200, CONNECTOR).reset_after(10), ErrorKind::Interrupted),
        (
            "cut chunk",
            Reply::json(200, CONNECTOR).chunked([8]).cut_body_after(20),
            ErrorKind::Interrupted,
        ),
        (
            "drip",
            Reply::json(200, CONNECTOR).drip(1, Duration::from_millis(20)),
            ErrorKind::Timeout,
        ),
        ("not HTTP", Reply::raw("hello\r\n\r\n").then_close(), ErrorKind::Protocol),
        ("bad status", Reply::raw("HTTP/1.1 99 x\r\n\r\n").then_close(), ErrorKind::Protocol),
        (
            "bad length",
            Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 1e3\r\n\r\n").then_close(),
            ErrorKind::Protocol,
        ),
        (
            "bad chunk",
            Reply::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}")
                .then_close(),
            ErrorKind::Protocol,
        ),
        (
            "unasked switch",
            Reply::raw(
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
            ),
            ErrorKind::Protocol,
        ),
        (
            "no gzip",
            Reply::json(200, CONNECTOR).header("content-encoding", "gzip"),
            ErrorKind::Decode,
        ),
        (
            "unknown encoding",
            Reply::json(200, CONNECTOR).header("content-encoding", "rot13"),
            ErrorKind::Decode,
        ),
        ("HTML", Reply::text(200, "text/html", "<html>log in</html>"), ErrorKind::Decode),
        (
            "bad UTF-8",
            Reply::bytes(200, "application/json", b"{\"connector\":{\"id\":\"\xff\"}}".to_vec()),
            ErrorKind::Decode,
        ),
        (
            "HTML of a proxy",
            Reply::text(502, "text/html", "<html>bad gateway</html>"),
            ErrorKind::Api,
        ),
        ("status 700", Reply::json(700, "{}"), ErrorKind::Api),
    ];
    for (name, fault, kind) in faults {
        let (get, create) = meet(fault, kind).await;
        for error in [get, create] {
            assert_eq!(error.kind(), kind, "{name}: {error}");
            assert_eq!(error.is_timeout(), kind == ErrorKind::Timeout, "{name}");
            assert!(error.may_have_executed(), "{name}");
            assert_eq!(error.attempts(), 1, "{name}");
        }
    }
}

#[tokio::test]
async fn a_truncated_error_body_keeps_the_class_and_the_data() {
    let server = Server::start([Reply::json(404, r#"{"message": "no such thing"}"#)
        .header("x-request-id", "r-1")
        .cut_body_after(15)]);
    let connectors = ConnectorsClient::new(crate::client(&server));
    let error = connectors.get("c").await.unwrap_err();
    assert_eq!(error.class(), Some(ConnectorsError::NotFound));
    assert_eq!(error.body().unwrap().as_ref(), br#"{"message": "no"#);
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(
        error.to_string(),
        "GET v1/connectors/<id>: 404 NotFound: application/json, 15 bytes (request id r-1)"
    );
}

#[tokio::test]
async fn a_truncated_success_keeps_status_headers_and_data() {
    let reply = Reply::json(200, CONNECTOR).header("x-request-id", "r-2").cut_body_after(12);
    let server = Server::start([reply]);
    let connectors = ConnectorsClient::new(crate::client(&server));
    let error =
        connectors.get("c").options(RequestOptions::new().max_retries(0)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.body().unwrap().len(), 12);
    assert_eq!(error.request_id(), Some("r-2"));
    assert_eq!(error.class::<ConnectorsError>(), None);
}

#[tokio::test]
async fn a_decode_error_names_the_path_and_keeps_the_body() {
    let body = r#"{"connectors": [{"id": "a", "name": "n", "created_at": "soon"}]}"#;
    let server = Server::start([Reply::json(200, body)]);
    let error = ConnectorsClient::new(crate::client(&server)).list().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET v1/connectors: the response does not fit at `connectors[0].created_at`: \
         its type does not accept this string"
    );
    assert_eq!(error.excerpt().as_deref(), Some(body));
    assert_eq!(error.body().unwrap().as_ref(), body.as_bytes());
    assert_eq!(error.body_as::<serde_json::Value>().unwrap()["connectors"][0]["id"], "a");
}

#[tokio::test]
async fn an_excerpt_is_escaped_and_truncated() {
    let long = "ü".repeat(500);
    for (body, excerpt) in [
        (format!("{{\"a\": \"{long}\"}}"), format!("{{\"a\": \"{}…", "ü".repeat(249))),
        (
            "{\"a\":\n\t\"\\u0007\u{7f}\u{202e}\"}".to_owned(),
            "{\"a\":\\n\\t\"\\u0007\\u{7f}\\u{202e}\"}".to_owned(),
        ),
    ] {
        let (_server, client) = odd(Reply::json(200, &body));
        let error = client.small().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "GET a: the response does not fit at `a`: expected u8, found a string"
        );
        assert_eq!(error.excerpt(), Some(excerpt));
    }
}

#[derive(Debug, serde::Deserialize)]
struct Small {
    #[expect(dead_code)]
    a: u8,
}

#[connectors_client::api_client]
trait Odd {
    #[get("a")]
    async fn small(&self) -> Small;

    #[get("a")]
    async fn optional(&self) -> Option<Small>;

    #[get("a")]
    async fn raw_json(&self) -> Box<serde_json::value::RawValue>;

    #[head("a")]
    async fn head(&self);
}

fn odd(reply: Reply) -> (Server, OddClient) {
    let server = Server::start([reply]);
    let client = OddClient::new(builder(&server).build().unwrap());
    (server, client)
}

#[tokio::test]
async fn an_error_text_is_short_and_escaped_for_any_body() {
    let deep = format!("{{\"x\":{}", "[".repeat(1_000_000));
    let long = format!("{{\"a\":\"\u{1b}[31m{}\"}}", "y".repeat(1_000_000));
    for body in [deep, long] {
        let (_server, client) = odd(Reply::json(200, &body));
        let error = client.small().await.unwrap_err();
        let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        for text in [error.to_string(), format!("{error:?}"), cause] {
            assert!(is_harmless(&text), "{} bytes", text.len());
        }
        // The control: the unescaped body is harmful.
        assert!(!is_harmless(&body));
    }
    assert!(!is_harmless("\u{1b}[31m"));
}

fn is_harmless(text: &str) -> bool {
    text.len() < 2000 && !text.contains('\u{1b}')
}

#[tokio::test]
async fn an_array_is_not_decoded_as_a_struct() {
    let (_server, client) = odd(Reply::json(200, "[1]"));
    assert_eq!(client.small().await.unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(client.optional().await.unwrap_err().kind(), ErrorKind::Decode);
    let (_server, client) = odd(Reply::json(200, " null "));
    assert!(client.optional().await.unwrap().is_none());
}

#[tokio::test]
async fn raw_json_can_be_returned() {
    let (_server, client) = odd(Reply::json(200, "{\"a\": 1.50}"));
    assert_eq!(client.raw_json().await.unwrap().get(), "{\"a\": 1.50}");
}

#[tokio::test]
async fn a_content_encoding_without_a_body_is_ignored() {
    let (_server, client) = odd(Reply::empty(200).header("content-encoding", "br"));
    client.head().await.unwrap();
}

/// Checks every status of the API for every operation.
#[tokio::test]
async fn each_status_has_its_class_for_every_operation() {
    use ConnectorsError as E;
    let table = [
        (400, E::BadRequest),
        (401, E::Unauthorized),
        (403, E::Forbidden),
        (404, E::NotFound),
        (407, E::InvalidToken),
        (422, E::UnprocessableEntity),
        (429, E::TooManyRequests),
        (498, E::InvalidToken),
        (499, E::ClientClosedRequest),
        (500, E::InternalServerError),
        (501, E::NotImplemented),
        (503, E::ServiceUnavailable),
        (504, E::GatewayTimeout),
        (402, E::Api),
        (418, E::Api),
        (502, E::Api),
        (599, E::Api),
    ];
    for (status, class) in table {
        let server = Server::start([Reply::json(status, r#"{"message": "boom"}"#)]);
        let connectors = ConnectorsClient::new(builder(&server).max_retries(0).build().unwrap());
        for error in [
            connectors.list().await.unwrap_err(),
            connectors.create("n", "u").await.unwrap_err(),
            connectors.get("c").await.unwrap_err(),
            connectors.update("c").await.unwrap_err(),
            connectors.delete("c").await.unwrap_err(),
            connectors.o_auth_authorize("c").await.unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.class()), (ErrorKind::Api, Some(class)), "{status}");
            assert_eq!(error.message(), Some("boom"));
        }
    }
}
