//! From a reply's body to the return type, straight; what went wrong is found out only where something did.

mod body_deserializer;
mod header;
mod path;
mod probe;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use body_deserializer::BodyDeserializer;
pub(crate) use header::header;
pub(crate) use probe::accept;

use crate::client::secret::reads_secret;
use crate::error::body::strip_bom;
use crate::error::excerpt;
use crate::error::{Error, ErrorKind};
use crate::response::Response;
use crate::response::reply_stream::Head;

/// Reads a body: JSON, but for the types that answer at the top themselves. An empty one reads as none, unless the reply says
/// that it `is_something` and the type is content with that.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8], is_something: bool) -> Result<T, serde_json::Error> {
    let mended = OnceCell::new();
    let mut text = BodyDeserializer::new(body, &mended, is_something && probe::ignores_content::<T>());
    let value = T::deserialize(&mut text)?;
    text.end().map(|()| value)
}

/// The `Decode` error: the JSON path, what was expected, and the body's type where it is no JSON at all.
///
/// What is around the mistake is not shown where the type has secrets, which could be in it.
#[cold]
pub(crate) fn explain<T: DeserializeOwned>(response: Response, error: &serde_json::Error) -> Error {
    let is_secret = reads_secret(|| drop(decode::<T>(response.body(), response.is_something())));
    described(response, error, is_secret)
}

#[cold]
fn described(response: Response, error: &serde_json::Error, is_secret: bool) -> Error {
    let json = strip_bom(response.body());
    let type_name = response.headers().get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if json.iter().all(u8::is_ascii_whitespace) {
        return response.decode_error("the reply's body is empty, but the return type needs one");
    }
    let no_json = type_name.filter(|name| !name.contains("json") && !error.is_data());
    let detail = if let Some(name) = no_json.filter(|name| is_secret || is_form(name)) {
        format!("the reply is `{}` and no JSON", excerpt(name, 64))
    } else if let Some(name) = no_json {
        let begin = String::from_utf8_lossy(&json[..json.len().min(512)]);
        format!("the reply is `{}` and no JSON, it begins `{}`", excerpt(name, 64), excerpt(&begin, 128))
    } else {
        let text = readable(json);
        let path = path::at(&text, error.line(), error.column());
        if is_secret {
            let detail = format!("the reply does not fit at {path}");
            let problem = Problem::of(json, error);
            return response.decode_error(detail).with_source(problem);
        }
        let near = surroundings(&text, path::offset(&text, error.line(), error.column()));
        format!("the reply does not fit at {path}, near `{near}`")
    };
    let problem = Problem::of(json, error);
    response.decode_error(detail).with_source(problem)
}

/// A form as a reply is what servers of tokens send that speak no JSON.
fn is_form(type_name: &str) -> bool {
    type_name.starts_with("application/x-www-form-urlencoded")
}

/// The `Decode` error of an item of a stream, which keeps the item's text; `what` says which it is.
#[cold]
pub(crate) fn explain_item(head: &Head, what: &str, text: Bytes, error: &serde_json::Error) -> Error {
    let shown = excerpt(&String::from_utf8_lossy(&text[..text.len().min(512)]), 128);
    let path = path::at(&readable(&text), error.line(), error.column());
    let detail = if error.is_data() {
        format!("{what} of the stream does not fit at {path}: `{shown}`")
    } else {
        format!("{what} of the stream is no JSON: `{shown}`")
    };
    let problem = Problem::of(&text, error);
    head.error(ErrorKind::Decode, detail, text).with_source(problem)
}

/// The text that was read, whose positions are those of its errors.
fn readable(json: &[u8]) -> Cow<'_, [u8]> {
    match str::from_utf8(json) {
        Ok(_) => json.into(),
        Err(_) => body_deserializer::mended(json).into_bytes().into(),
    }
}

/// The text around a position, mostly what comes before it: `serde_json` stops behind what does not fit.
fn surroundings(json: &[u8], position: usize) -> String {
    const BEFORE: usize = 40;
    const AFTER: usize = 8;
    let position = position.min(json.len());
    let (start, end) = (position.saturating_sub(BEFORE), (position + AFTER).min(json.len()));
    // Both are within the text, on either side of the position.
    let text = String::from_utf8_lossy(&json[start..end]).replace(body_deserializer::NOT_UTF8, "\u{fffd}");
    // A character that is cut at an edge is none.
    let text = excerpt(text.trim_matches(char::REPLACEMENT_CHARACTER), BEFORE + AFTER);
    let (before, after) = (if start > 0 { "…" } else { "" }, if end < json.len() { "…" } else { "" });
    format!("{before}{text}{after}")
}

/// What `serde_json` says, made safe to show: it repeats what the server sent.
#[derive(Debug)]
struct Problem(String);

impl Problem {
    fn of(json: &[u8], error: &serde_json::Error) -> Self {
        let text = readable(json);
        let read = path::offset(&text, error.line(), error.column()).min(text.len());
        if matches!(text, Cow::Owned(_))
            && body_deserializer::NOT_UTF8.as_bytes().starts_with(last(&text[..read], 6))
        {
            return Self("a string is not UTF-8".to_owned());
        }
        Self(excerpt(&error.to_string(), 256))
    }
}

/// The last bytes, at most so many.
fn last(text: &[u8], count: usize) -> &[u8] {
    &text[text.len().saturating_sub(count)..]
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::value::RawValue;

    use super::explain;
    use crate::Endpoint;
    use crate::error::{Error, Reply};
    use crate::response::Response;

    #[derive(Debug, Deserialize)]
    struct Item {
        id: String,
    }

    fn decode<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
        super::decode(body, false)
    }

    fn error_of(body: &'static [u8]) -> Error {
        static ENDPOINT: Endpoint = Endpoint::new("Items", "get", "GET", "items", "", &[]);
        let (status, headers) = (http::StatusCode::OK, http::HeaderMap::new());
        let error = decode::<Item>(body).unwrap_err();
        explain::<Item>(Response::new(&ENDPOINT, Reply { status, headers, body: body.into() }), &error)
    }

    #[test]
    fn a_string_that_is_not_utf8_is_an_error_only_where_it_is_read() {
        let skipped = b"{\"name\":\"caf\xe9\",\"more\":[\"\xc3\"],\"id\":\"caf\xc3\xa9\"}";
        assert_eq!(decode::<Item>(skipped).unwrap().id, "caf\u{e9}");
        for read in [
            &b"{\"name\":\"\xe9\",\"id\":\"a\xe9b\"}"[..],
            b"{\"id\":\"\xff\"}",
            // An escape on either side must not make a character of what is none.
            b"{\"id\":\"\\ud83d\xff\\ude00\"}",
            b"{\"id\":\"\\ud83d\xff\"}",
            b"{\"id\":\"\xff\\ude00\"}",
        ] {
            assert!(decode::<Item>(read).is_err(), "{}", read.escape_ascii());
            assert!(serde_json::from_slice::<Item>(read).is_err());
        }
        for nowhere in [&b"\xff"[..], b"{\"id\":\xff\"a\"}", b"{\"id\":\"a\"}\xff"] {
            assert!(decode::<Item>(nowhere).is_err(), "{}", nowhere.escape_ascii());
        }
        let raw: BTreeMap<String, Box<RawValue>> = decode(b"{\"a\":\"\xff\"}").unwrap();
        assert!(serde_json::from_str::<String>(raw["a"].get()).is_err());
        assert_eq!(&decode::<bytes::Bytes>(b"\xff\xfe").unwrap()[..], b"\xff\xfe");
    }

    #[test]
    fn the_error_says_which_string_is_not_utf8() {
        let error = error_of(b"{\"name\":\"\xe9\xe9\",\"id\":\"a\xe9b\",\"more\":1}");
        let text = error.to_string();
        assert!(text.starts_with("GET items: the reply does not fit at `id`, near `"), "{text}");
        assert!(text.ends_with("\"id\":\"a\u{fffd}b\"…`: a string is not UTF-8"), "{text:?}");
        let other = error_of(b"{\"name\":\"\xe9\",\"id\":7}").to_string();
        assert!(other.contains("at `id`") && other.contains("invalid type: integer `7`"), "{other}");
    }
}
