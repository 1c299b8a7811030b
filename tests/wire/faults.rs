//! Servers that misbehave below HTTP: the kind of error, what is kept, and that the next call works.

use connectors_client::cohere::{ConnectorsClient, ConnectorsError};
use connectors_client::{Error, ErrorKind, RequestOptions};
use std::time::Duration;
use support::server::{Reply, Server};

use crate::{CONNECTOR, builder};

/// Calls `get` and `create` against a fault, once each and without retries, then `get` again on the same client, which
/// must work.
async fn meet(fault: Reply) -> (Error, Error) {
    let server =
        Server::start([fault.clone(), fault, Reply::json(200, CONNECTOR), Reply::json(200, CONNECTOR)]);
    let client = builder(&server).max_retries(0).attempt_timeout(Duration::from_millis(300)).build().unwrap();
    let connectors = ConnectorsClient::new(client);
    let errors = (connectors.get("c").await.unwrap_err(), connectors.create("n", "u").await.unwrap_err());
    connectors.get("c").await.unwrap();
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
        ("cut chunk", Reply::json(200, CONNECTOR).chunked([8]).cut_body_after(20), ErrorKind::Interrupted),
        ("drip", Reply::json(200, CONNECTOR).drip(1, Duration::from_millis(20)), ErrorKind::Timeout),
        ("no HTTP", Reply::raw("hello\r\n\r\n").then_close(), ErrorKind::Protocol),
        ("bad status", Reply::raw("HTTP/1.1 99 x\r\n\r\n").then_close(), ErrorKind::Protocol),
        (
            "bad length",
            Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 1e3\r\n\r\n").then_close(),
            ErrorKind::Protocol,
        ),
        (
            "bad chunk",
            Reply::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}").then_close(),
            ErrorKind::Protocol,
        ),
        (
            "unasked switch",
            Reply::raw("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
            ErrorKind::Protocol,
        ),
        ("no gzip", Reply::json(200, CONNECTOR).header("content-encoding", "gzip"), ErrorKind::Decode),
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
        ("HTML of a proxy", Reply::text(502, "text/html", "<html>bad gateway</html>"), ErrorKind::Api),
        ("status 700", Reply::json(700, "{}"), ErrorKind::Api),
    ];
    for (name, fault, kind) in faults {
        let (get, create) = meet(fault).await;
        for error in [get, create] {
            assert_eq!(error.kind(), kind, "{name}: {error}");
            assert_eq!(error.is_timeout(), kind == ErrorKind::Timeout, "{name}");
            assert!(error.may_have_executed(), "{name}");
            assert_eq!(error.attempts(), 1, "{name}");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_cut_off_does_not_cost_the_class_or_what_arrived() {
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
        r#"GET v1/connectors/<id>: 404 NotFound: {"message": "no (request id r-1)"#
    );
}

#[tokio::test]
async fn a_broken_success_keeps_status_headers_and_what_arrived() {
    let reply = Reply::json(200, CONNECTOR).header("x-request-id", "r-2").cut_body_after(12);
    let server = Server::start([reply]);
    let connectors = ConnectorsClient::new(crate::client(&server));
    let error = connectors.get("c").options(RequestOptions::new().max_retries(0)).await.unwrap_err();
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
    let text = error.to_string();
    assert!(
        text.starts_with("GET v1/connectors: the reply does not fit at `connectors[0].created_at`: "),
        "{text}"
    );
    assert_eq!(error.body().unwrap().as_ref(), body.as_bytes());
    assert_eq!(error.body_as::<serde_json::Value>().unwrap()["connectors"][0]["id"], "a");
}
