//! Ids never leave their path segment: an id is encoded whole, or refused before anything is sent.

use connectors_client::cohere::ConnectorsClient;
use connectors_client::{Error, ErrorKind};
use support::server::{Reply, Server};

use crate::connectors;

/// An id and the segment it is encoded as, or `None` if it is refused.
const IDS: [(&str, Option<&str>); 16] = [
    ("", None),
    (".", None),
    ("..", None),
    ("a/b", Some("a%2Fb")),
    ("a?b", Some("a%3Fb")),
    ("a#b", Some("a%23b")),
    ("%2e%2e", Some("%252e%252e")),
    ("ü", Some("%C3%BC")),
    ("a b", Some("a%20b")),
    ("\r\n", None),
    ("a\0b", None),
    ("a\u{7f}b", None),
    ("../models", Some("..%2Fmodels")),
    ("..\\x", Some("..%5Cx")),
    ("...", Some("...")),
    ("a;b=c&d", Some("a%3Bb%3Dc%26d")),
];

/// Calls an operation with an id in its path. Returns the method, the text after the segment and
/// the error.
async fn call(
    client: &ConnectorsClient,
    operation: usize,
    id: &str,
) -> (&'static str, &'static str, Error) {
    match operation {
        0 => ("GET", "", client.get(id).await.unwrap_err()),
        1 => ("DELETE", "", client.delete(id).await.unwrap_err()),
        2 => ("PATCH", "", client.update(id).await.unwrap_err()),
        _ => ("POST", "/oauth/authorize", client.o_auth_authorize(id).await.unwrap_err()),
    }
}

#[tokio::test]
async fn an_id_is_one_segment_or_nothing_is_sent() {
    for (id, segment) in IDS {
        for operation in 0..4 {
            let server = Server::start([Reply::empty(404)]);
            let (method, rest, error) = call(&connectors(&server), operation, id).await;
            match segment {
                None => {
                    assert_eq!(error.kind(), ErrorKind::Build, "{id:?}");
                    assert!(!error.may_have_executed());
                    assert_eq!(error.attempts(), 0);
                    assert_eq!(server.connections(), 0, "{id:?}");
                    assert!(error.to_string().contains("`id`"), "{error}");
                }
                Some(segment) => {
                    let request = server.request();
                    assert_eq!(request.method, method);
                    assert_eq!(request.target, format!("/v1/connectors/{segment}{rest}"), "{id:?}");
                    assert!(error.is_not_found());
                }
            }
        }
    }
}

#[tokio::test]
async fn an_id_longer_than_8_kib_is_refused() {
    let server = Server::start([Reply::json(200, crate::CONNECTOR)]);
    let longest = "x".repeat(8 * 1024);
    connectors(&server).get(&longest).await.unwrap();
    assert_eq!(server.request().target.len(), "/v1/connectors/".len() + longest.len());

    let error = connectors(&server).get(&format!("{longest}x")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert_eq!(server.requests().len(), 1);
}
