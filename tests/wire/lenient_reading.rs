//! Responses that break a rule or go beyond ASCII, and that clients read all the same.

use connectors_client::{FromResponse, Text, api_client};
use serde::{Deserialize, Serialize};
use support::server::{Reply, Server};

#[derive(Debug, FromResponse)]
struct Counted {
    #[header("x-count")]
    count: Option<u32>,
    #[header("x-flag")]
    flag: Option<bool>,
    #[header("x-name")]
    name: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Doubles {
    values: Vec<f64>,
    single: f32,
}

#[api_client]
trait Lenient {
    #[get("start")]
    async fn text(&self) -> Text;

    #[get("counted")]
    async fn counted(&self) -> Counted;

    #[get("doubles")]
    async fn doubles(&self) -> Doubles;

    #[put("doubles")]
    async fn put_doubles(&self, #[body] doubles: &Doubles);
}

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, LenientClient) {
    let server = Server::start(replies);
    let client = LenientClient::new(crate::client(&server));
    (server, client)
}

#[tokio::test]
async fn a_location_beyond_ascii_is_followed() {
    for (location, target) in [
        (&b"/caf\xc3\xa9?q=\xc3\xa4"[..], "/caf%C3%A9?q=%C3%A4"),
        (b"caf\xc3\xa9", "/caf%C3%A9"),
        (b"/caf%C3%A9", "/caf%C3%A9"),
        (b"/caf\xe9", "/caf%E9"),
        (b"/a b", "/a%20b"),
    ] {
        let head =
            [b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\nlocation: ", location, b"\r\n\r\n"]
                .concat();
        let (server, client) = start([Reply::raw(head), Reply::text(200, "text/plain", "there")]);
        assert_eq!(client.text().await.unwrap().to_string(), "there");
        assert_eq!(server.requests()[1].target, target);
    }
}

#[tokio::test]
async fn an_empty_header_is_a_missing_one() {
    let reply = Reply::empty(204).header("x-count", "").header("x-flag", " ").header("x-name", "");
    let (_server, client) = start([reply]);
    let Counted { count, flag, name } = client.counted().await.unwrap();
    assert_eq!((count, flag, name.as_deref()), (None, None, Some("")));
    let (_server, client) = start([Reply::empty(204).header("x-count", "x")]);
    let error = client.counted().await.unwrap_err().to_string();
    assert!(error.ends_with("the header `x-count` does not fit: expected u32"), "{error}");
}

#[tokio::test]
async fn text_is_read_in_its_charset() {
    for (media_type, body, text) in [
        ("text/plain; charset=iso-8859-1", &b"caf\xe9"[..], "café"),
        ("text/plain; Charset=\"windows-1252\"", b"\x80", "€"),
        ("text/plain; charset=utf-16", b"\xff\xfea\0", "a"),
        ("text/plain; charset=utf-8", "ä".as_bytes(), "ä"),
        ("text/plain", "ä".as_bytes(), "ä"),
    ] {
        let (_server, client) = start([Reply::bytes(200, media_type, body.to_vec())]);
        assert_eq!(client.text().await.unwrap().to_string(), text, "{media_type}");
    }
    let (_server, client) =
        start([Reply::bytes(400, "text/plain; charset=iso-8859-1", b"caf\xe9".to_vec())]);
    let error = client.text().await.unwrap_err();
    assert_eq!((error.message(), error.excerpt().as_deref()), (Some("café"), Some("café")));
    let (_server, client) = start([Reply::bytes(200, "text/plain", b"caf\xe9".to_vec())]);
    let error = client.text().await.unwrap_err().to_string();
    assert!(error.contains("the body is not UTF-8 text"), "{error}");
}

/// Doubles in their shortest form, as servers write them.
#[tokio::test]
async fn a_double_that_is_read_and_sent_keeps_its_value() {
    let mut state = 1u64;
    let doubles = std::iter::from_fn(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        Some(f64::from_bits(state)).filter(|_| true)
    });
    let unit = (0..500).map(|i| f64::from(i) / 501.0 + 0.000_000_123_4);
    let values: Vec<f64> = doubles
        .filter(|double| double.is_finite())
        .take(1000)
        .chain(unit)
        .chain([0.907_303_832_202_868_9])
        .collect();
    let body = serde_json::to_string(&Doubles { values: values.clone(), single: 0.1 }).unwrap();
    let (server, client) = start([Reply::json(200, &body), Reply::empty(204)]);
    let read = client.doubles().await.unwrap();
    let exact = values.iter().zip(&read.values).filter(|(a, b)| a.to_bits() == b.to_bits()).count();
    assert_eq!((exact, read.single.to_bits()), (values.len(), 0.1f32.to_bits()));
    client.put_doubles(&read).await.unwrap();
    assert_eq!(server.requests()[1].text(), body);
}
