//! Errors from any response of a server.

use std::error::Error as _;

use bytes::Bytes;
use connectors_client::{Error, ErrorClass, ErrorKind, Fake, api_client};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use crate::runtime::block_on;

#[derive(Debug, PartialEq, ErrorClass)]
enum Problem {
    #[status(404, 410)]
    Gone,
    #[status(422)]
    Invalid(Option<Vec<String>>),
    #[status(other)]
    Other,
}

#[derive(Debug, serde::Deserialize)]
struct Thing {
    #[expect(dead_code, reason = "only decoded")]
    items: Vec<Item>,
}

#[derive(Debug, serde::Deserialize)]
#[expect(dead_code, reason = "only decoded")]
struct Item {
    name: String,
    size: Option<u8>,
}

#[api_client(error = Problem)]
trait Things {
    #[get("things/<id>")]
    async fn get(&self, id: &str) -> Thing;
}

const TOKEN: &str = "canary-7f3a";
const ID: &str = "canary-id";
const MAX_ERROR_BODY: usize = 512;

/// Calls a server that answers `status in two bytes, content type, location, request id, body`.
///
/// The status alone decides kind and class. The shown text is one line of limited length, moves no
/// cursor and contains neither the token nor the id. The body is kept up to its limit.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn error_bodies(input: &[u8]) {
    let [high, low, rest @ ..] = input else { return };
    let status = StatusCode::from_u16(100 + u16::from_be_bytes([*high, *low]) % 900).unwrap();
    let mut pieces = rest.splitn(4, |byte| *byte == 0xff);
    let mut header = |name| {
        let value = HeaderValue::from_bytes(pieces.next().unwrap_or_default()).ok();
        value.map(|value| (HeaderName::from_static(name), value))
    };
    let headers = [header("content-type"), header("location"), header("x-request-id")];
    let body = Bytes::copy_from_slice(pieces.next().unwrap_or_default());

    let sent = body.clone();
    let fake = Fake::new().on(ThingsClient::GET, move |_| {
        let mut response = Response::new(sent.clone());
        *response.status_mut() = status;
        response.headers_mut().extend(headers.clone().into_iter().flatten());
        response
    });
    let client = fake
        .builder()
        .bearer_token(TOKEN)
        .max_retries(0)
        .max_error_body(MAX_ERROR_BODY)
        .build()
        .unwrap();
    let result = block_on(async { ThingsClient::new(client).get(ID).await });
    let Err(error) = result else {
        assert!(status.is_success());
        return assert!(serde_json::from_slice::<Value>(without_mark(&body)).is_ok());
    };

    assert_eq!(error.kind(), kind_of(status));
    assert_eq!(error.status(), Some(status));
    let kept = if status.is_success() { body.len() } else { body.len().min(MAX_ERROR_BODY) };
    assert_eq!(error.body().unwrap(), &body[..kept]);
    let value: Option<Value> = serde_json::from_slice(without_mark(&body[..kept])).ok();
    assert_eq!(error.body_as::<Value>(), value);
    assert_eq!(error.class(), class_of(status, value.as_ref()));
    assert_eq!((error.attempts(), error.may_have_executed(), error.retry_after()), (1, true, None));
    check_shown(&error, input);
    // An error faked from this JSON body has the same message. The message of another body depends
    // on its media type. A fake has no client, and so no token to mask.
    let is_echoed = input.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes());
    if !status.is_success() && value.is_some() && !is_echoed {
        assert_eq!(Error::fake(status.as_u16(), body.slice(..kept)).message(), error.message());
    }
}

fn check_shown(error: &Error, input: &[u8]) {
    let mut shown = vec![error.to_string(), format!("{error:?}")];
    shown.extend(error.excerpt());
    shown.extend(error.message().map(str::to_owned));
    shown.extend(error.request_id().map(str::to_owned));
    let mut source = error.source();
    while let Some(cause) = source {
        shown.extend([cause.to_string(), format!("{cause:?}")]);
        source = cause.source();
    }
    // An escaped character takes up to ten bytes. The shown text has two excerpts of 256 and a few
    // short parts.
    for text in shown {
        assert!(text.chars().count() <= 8000, "{} characters", text.chars().count());
        let is_harmless = |character: char| {
            !character.is_control()
                && !matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(text.chars().all(is_harmless), "{text:?}");
        assert!(!text.contains(TOKEN), "{text}");
        let is_echoed = input.windows(ID.len()).any(|window| window == ID.as_bytes());
        assert!(is_echoed || !text.contains(ID), "{text}");
    }
}

fn kind_of(status: StatusCode) -> ErrorKind {
    match status.as_u16() {
        100..200 => ErrorKind::Protocol,
        200..300 => ErrorKind::Decode,
        304 => ErrorKind::Api,
        300..400 => ErrorKind::Redirect,
        _ => ErrorKind::Api,
    }
}

fn class_of(status: StatusCode, body: Option<&Value>) -> Option<Problem> {
    match status.as_u16() {
        200..300 => None,
        404 | 410 => Some(Problem::Gone),
        422 => {
            Some(Problem::Invalid(body.and_then(|body| serde_json::from_value(body.clone()).ok())))
        }
        _ => Some(Problem::Other),
    }
}

fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}
