//! Text with a byte order mark, whatever its label says.

use connectors_client::{Error, ErrorClass, Text, api_client};
use serde::Deserialize;
use support::server::{Reply, Server};

use crate::client;

#[api_client]
trait Texts {
    #[get("text")]
    async fn get(&self) -> Text;

    #[get("text", error = Refused)]
    async fn typed(&self) -> Text;
}

#[derive(Debug, Deserialize, PartialEq)]
struct Reason {
    message: String,
}

#[derive(Debug, ErrorClass)]
enum Refused {
    #[status(400)]
    Invalid(Option<Reason>),
    #[status(other)]
    Other,
}

fn read(error: &Error) -> [Option<String>; 3] {
    let class = match error.class() {
        Some(Refused::Invalid(reason)) => reason.map(|reason| reason.message),
        other => panic!("{other:?}"),
    };
    let body = error.body_as::<Reason>().map(|reason| reason.message);
    [error.message().map(str::to_owned), class, body]
}

/// JSON is UTF-8, but some servers declare and send another charset.
#[tokio::test]
async fn a_json_error_in_another_charset_has_words_and_a_class() {
    const SENT: &str = r#"{"message":"Schlüssel fehlt"}"#;
    let latin1: Vec<u8> = SENT.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    let utf16: Vec<u8> = SENT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xff\xfe".to_vec(), utf16.clone()].concat();
    for (media_type, body, expected) in [
        ("application/json; charset=iso-8859-1", latin1.clone(), "Schlüssel fehlt"),
        ("application/problem+json; charset=windows-1252", latin1.clone(), "Schlüssel fehlt"),
        ("application/json; charset=utf-16le", utf16, "Schlüssel fehlt"),
        ("application/json", marked, "Schlüssel fehlt"),
        // A label that is wrong changes nothing.
        ("application/json; charset=iso-8859-1", SENT.into(), "Schlüssel fehlt"),
        ("application/json", SENT.into(), "Schlüssel fehlt"),
    ] {
        let server = Server::start([Reply::bytes(400, media_type, body)]);
        let error = TextsClient::new(client(&server)).typed().await.unwrap_err();
        assert_eq!(read(&error), [expected; 3].map(|text| Some(text.to_owned())), "{media_type}");
        assert!(error.to_string().contains(expected), "{error}");
    }
    // In an unknown charset a person can read the words, but data would change.
    let server = Server::start([Reply::bytes(400, "application/json", latin1)]);
    let error = TextsClient::new(client(&server)).typed().await.unwrap_err();
    let lossy = Some("Schl\u{fffd}ssel fehlt".to_owned());
    assert_eq!(read(&error), [lossy, None, None]);
    // Control: bytes that are no JSON in any charset, and another media type.
    for (media_type, body) in [
        ("application/json; charset=iso-8859-1", &b"{\"message\":\"Schl\xfc"[..]),
        ("application/octet-stream", b"{\"message\":\xfc}"),
    ] {
        let server = Server::start([Reply::bytes(400, media_type, body.to_vec())]);
        let error = TextsClient::new(client(&server)).typed().await.unwrap_err();
        assert_eq!(read(&error), [const { None }; 3], "{media_type}");
    }
}

#[tokio::test]
async fn a_byte_order_mark_decides_and_is_not_text() {
    const LABELS: [&str; 5] = [
        "text/plain",
        "text/plain; charset=utf-8",
        "text/plain; charset=iso-8859-1",
        "text/plain; charset=utf-16",
        "application/octet-stream",
    ];
    let bodies = [&b"\xef\xbb\xbfa\xc3\xa4"[..], b"\xff\xfea\0\xe4\0", b"\xfe\xff\0a\0\xe4"];
    for label in LABELS {
        for body in bodies {
            let server = Server::start([Reply::bytes(200, label, body.to_vec())]);
            let text = TextsClient::new(client(&server)).get().await.unwrap();
            assert_eq!(text.as_str(), "aä", "{label} {body:?}");
            let server = Server::start([Reply::bytes(400, label, body.to_vec())]);
            let error = TextsClient::new(client(&server)).get().await.unwrap_err();
            assert!(!error.to_string().contains('\u{feff}'), "{error}");
        }
    }
}
