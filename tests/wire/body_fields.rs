//! A body field of the options is encoded as an argument with that value would be, in each format.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use connectors_client::{CommaSeparated, ErrorKind, RequestOptions, api_client};
use serde::Serialize;
use serde_json::value::RawValue;
use support::server::{Reply, Server};

use crate::client;

#[api_client]
trait Fields {
    #[post("a", form)]
    async fn form(&self, other: Option<u8>);

    #[post("a", multipart)]
    async fn parts(&self, other: Option<u8>);

    #[post("a")]
    async fn object(&self, other: Option<u8>);
}

/// Format of a request body.
#[derive(Clone, Copy)]
enum Format {
    Form,
    Multipart,
    Json,
}

/// Sends the field `a`. Returns the request body with the boundary replaced by `B`, or the mistake.
async fn sent(format: Format, value: impl Serialize) -> Result<String, String> {
    let server = Server::start([Reply::empty(204)]);
    let fields = FieldsClient::new(client(&server));
    let options = RequestOptions::new().body_field("a", value);
    let result = match format {
        Format::Form => fields.form().options(options).await,
        Format::Multipart => fields.parts().options(options).await,
        Format::Json => fields.object().options(options).await,
    };
    if let Err(error) = result {
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Build, 0), "{error}");
        return Err(error.to_string());
    }
    let request = server.request();
    let boundary = request.header("content-type").and_then(|value| value.split_once("boundary="));
    let body = String::from_utf8_lossy(&request.body).into_owned();
    Ok(boundary.map_or(body.clone(), |(_, boundary)| body.replace(boundary, "B")))
}

/// Returns the body of a multipart form of these files.
fn files(contents: &[&str]) -> String {
    let mut body = String::new();
    for content in contents {
        body += "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n";
        body.extend(["Content-Type: application/octet-stream\r\n\r\n", content, "\r\n"]);
    }
    body + "--B--\r\n"
}

fn text(content: &str) -> String {
    format!("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{content}\r\n--B--\r\n")
}

#[tokio::test]
async fn bytes_are_files_in_multipart() {
    let bytes = Bytes::from_static(b"ab");
    for sent in [
        sent(Format::Multipart, bytes.clone()).await,
        sent(Format::Multipart, &bytes).await,
        sent(Format::Multipart, Some(bytes.clone())).await,
        sent(Format::Multipart, b"ab".to_vec()).await,
        sent(Format::Multipart, &b"ab"[..]).await,
        sent(Format::Multipart, *b"ab").await,
    ] {
        assert_eq!(sent, Ok(files(&["ab"])));
    }
    let several = vec![bytes.clone(), Bytes::new()];
    assert_eq!(sent(Format::Multipart, several).await, Ok(files(&["ab", ""])));
    // The control: as JSON, the same value is numbers, each of which would be a part of text.
    let numbers = serde_json::to_value(&bytes).unwrap();
    assert_ne!(sent(Format::Multipart, numbers).await, Ok(files(&["ab"])));
}

#[tokio::test]
async fn bytes_are_refused_in_forms() {
    for sent in [
        sent(Format::Form, Bytes::from_static(b"ab")).await,
        sent(Format::Form, [Bytes::from_static(b"ab")]).await,
    ] {
        let mistake = sent.unwrap_err();
        assert!(mistake.contains("the body field `a` is bytes, which cannot be sent as text"));
    }
    assert_eq!(sent(Format::Json, Bytes::from_static(b"ab")).await.unwrap(), r#"{"a":[97,98]}"#);
}

/// JSON has serde's form of a time, because servers that use serde expect it.
#[tokio::test]
async fn times_are_refused_in_forms_and_multipart() {
    for format in [Format::Form, Format::Multipart] {
        for sent in [
            sent(format, Duration::from_secs(1)).await,
            sent(format, Some(SystemTime::UNIX_EPOCH)).await,
            sent(format, [Duration::from_secs(1)]).await,
        ] {
            let mistake = sent.unwrap_err();
            assert!(mistake.contains("the body field `a` cannot contain a `"), "{mistake}");
            assert!(mistake.contains("send a number"), "{mistake}");
        }
    }
    let json = sent(Format::Json, Duration::from_secs(1)).await;
    assert_eq!(json.unwrap(), r#"{"a":{"secs":1,"nanos":0}}"#);
}

#[tokio::test]
async fn numbers_and_lists_keep_their_text() {
    let raw = RawValue::from_string("1.50".to_owned()).unwrap();
    for (form, value) in [
        (sent(Format::Form, u128::MAX).await, "a=340282366920938463463374607431768211455"),
        (sent(Format::Form, CommaSeparated([1, 2])).await, "a=1,2"),
        (sent(Format::Form, raw.clone()).await, "a=1.50"),
    ] {
        assert_eq!(form.as_deref(), Ok(value));
    }
    let number = "340282366920938463463374607431768211455";
    assert_eq!(sent(Format::Multipart, u128::MAX).await, Ok(text(number)));
    assert_eq!(sent(Format::Json, u128::MAX).await, Ok(format!("{{\"a\":{number}}}")));
}
