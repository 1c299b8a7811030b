//! From a reply's body to the return type, straight; what went wrong is found out only where something did.

mod header;
mod path;
mod probe;
mod top;

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;

pub(crate) use header::header;
pub(crate) use probe::accept;
pub(crate) use top::without_mark;

use crate::error::{Error, ErrorKind};
use crate::error_body::excerpt;
use crate::response::Response;
use crate::stream::reply::Head;

/// Reads a body: JSON, but for the types that answer at the top themselves. An empty one reads as none, unless the reply says
/// that it `is_something` and the type is content with that.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8], is_something: bool) -> Result<T, serde_json::Error> {
    let mut text = top::Text::new(body, is_something && probe::takes_anything::<T>());
    let value = T::deserialize(&mut text)?;
    text.end().map(|()| value)
}

/// The `Decode` error: the JSON path, what was expected, and the body's type where it is no JSON at all.
#[cold]
pub(crate) fn explain(response: Response, error: &serde_json::Error) -> Error {
    let json = without_mark(response.body());
    let type_name = response.headers().get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if json.iter().all(u8::is_ascii_whitespace) {
        return response.decode_error("the reply's body is empty, but the return type needs one");
    }
    let no_json = type_name.filter(|name| !name.contains("json") && !error.is_data());
    let detail = if let Some(name) = no_json {
        let begin = String::from_utf8_lossy(&json[..json.len().min(512)]);
        format!("the reply is `{}` and no JSON, it begins `{}`", excerpt(name, 64), excerpt(&begin, 128))
    } else {
        let path = path::at(json, error.line(), error.column());
        let near = surroundings(json, path::offset(json, error.line(), error.column()));
        format!("the reply does not fit at {path}, near `{near}`")
    };
    response.decode_error(detail).with_source(Problem(excerpt(&error.to_string(), 256)))
}

/// The `Decode` error of an item of a stream, which keeps the item's text; `what` says which it is.
#[cold]
pub(crate) fn explain_item(head: &Head, what: &str, text: Bytes, error: &serde_json::Error) -> Error {
    let shown = excerpt(&String::from_utf8_lossy(&text[..text.len().min(512)]), 128);
    let path = path::at(&text, error.line(), error.column());
    let detail = if error.is_data() {
        format!("{what} of the stream does not fit at {path}: `{shown}`")
    } else {
        format!("{what} of the stream is no JSON: `{shown}`")
    };
    head.error(ErrorKind::Decode, detail, text).with_source(Problem(excerpt(&error.to_string(), 256)))
}

/// The text around a position, mostly what comes before it: `serde_json` stops behind what does not fit.
fn surroundings(json: &[u8], position: usize) -> String {
    const BEFORE: usize = 40;
    const AFTER: usize = 8;
    let position = position.min(json.len());
    let (start, end) = (position.saturating_sub(BEFORE), (position + AFTER).min(json.len()));
    let text = String::from_utf8_lossy(&json[start..end]);
    // A character that is cut at an edge is none.
    let text = excerpt(text.trim_matches(char::REPLACEMENT_CHARACTER), BEFORE + AFTER);
    let (before, after) = (if start > 0 { "…" } else { "" }, if end < json.len() { "…" } else { "" });
    format!("{before}{text}{after}")
}

/// What `serde_json` says, made safe to show: it repeats what the server sent.
#[derive(Debug)]
struct Problem(String);

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}
