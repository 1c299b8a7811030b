//! What an error body says, whatever API it comes from.

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The most that is shown of a server's message, in characters.
const MESSAGE: usize = 256;

/// What is found in a body.
#[derive(Default)]
pub(crate) struct ErrorBody {
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
}

/// What a variant of an [`ErrorClass`](crate::ErrorClass) can carry.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the body of an error",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it; it may borrow nothing"
)]
pub trait FromErrorBody: Sized {
    /// Reads a body; `None` where it does not fit.
    fn from_error_body(body: &[u8]) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromErrorBody for T {
    fn from_error_body(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(strip_bom(body)).ok()
    }
}

/// Reads a body of any kind.
pub(crate) fn read(body: &[u8]) -> ErrorBody {
    let body = strip_bom(body);
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => {
            // OAuth has a code in `error`, and the words beside it.
            let names = ["message", "error_description", "error", "detail", "title", "errors"];
            let message = names.iter().find_map(|name| shown(words(object.get(*name)?)?));
            ErrorBody { message, request_id: request_id(&object) }
        }
        Ok(Value::String(text)) => ErrorBody { message: shown(&text), request_id: None },
        Ok(_) => ErrorBody::default(),
        Err(_) => {
            let text = String::from_utf8_lossy(&body[..body.len().min(4 * MESSAGE)]);
            ErrorBody { message: shown(&text), request_id: None }
        }
    }
}

/// The error status that an object names: `status`, `status_code` or `code`, also of an `error` within it.
pub(crate) fn status(body: &[u8]) -> Option<StatusCode> {
    let object: Map<String, Value> = serde_json::from_slice(body).ok()?;
    let nested = object.get("error").and_then(Value::as_object);
    let objects = [Some(&object), nested].into_iter().flatten();
    let numbers = objects.flat_map(|object| {
        ["status", "status_code", "code"].into_iter().filter_map(|name| object.get(name)?.as_u64())
    });
    let mut statuses = numbers.filter_map(|number| StatusCode::from_u16(u16::try_from(number).ok()?).ok());
    statuses.find(|status| status.is_client_error() || status.is_server_error())
}

fn shown(text: &str) -> Option<String> {
    let text = excerpt(text.trim(), MESSAGE);
    (!text.is_empty()).then_some(text)
}

/// A text, or the `message` of an object in its place, or of the first in a list of them.
fn words(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(object) => object.get("message").or_else(|| object.get("msg"))?.as_str(),
        Value::Array(items) => words(items.first()?),
        _ => None,
    }
}

/// The id that a body gives the request; `id` alone could be that of any resource.
fn request_id(object: &Map<String, Value>) -> Option<String> {
    let id = object.get("request_id").or_else(|| object.get("message").and(object.get("id")))?;
    id.as_str().filter(|id| !id.is_empty()).map(|id| excerpt(id, 128))
}

/// Text that a server chose, made safe to show: control characters escaped, cut after so many characters.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(most));
    for (i, character) in text.chars().enumerate() {
        if i == most {
            shown.push('…');
            break;
        }
        // Also the characters that reorder or hide text on a terminal.
        if character.is_control()
            || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// The first of the headers that carry a request's id in common use.
pub(crate) fn header_request_id(headers: &HeaderMap) -> Option<&str> {
    const NAMES: [&str; 7] = [
        "x-request-id",
        "request-id",
        "x-amzn-requestid",
        "x-amz-request-id",
        "x-ms-request-id",
        "x-github-request-id",
        "x-correlation-id",
    ];
    NAMES.iter().find_map(|name| headers.get(*name)?.to_str().ok()).filter(|id| !id.is_empty())
}

/// A body without the byte order mark that some servers put before JSON, against RFC 8259 section 8.1.
pub(crate) fn strip_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_found_where_apis_put_them() {
        for (body, words) in [
            (r#"{"message":"boom","id":"r"}"#, Some("boom")),
            (r#"{"error":"boom"}"#, Some("boom")),
            (r#"{"error":{"message":"boom","type":"x"}}"#, Some("boom")),
            (r#"{"error":"invalid_grant","error_description":"boom"}"#, Some("boom")),
            (r#"{"type":"about:blank","title":"boom"}"#, Some("boom")),
            (r#"{"message":"","detail":[{"msg":"boom","loc":["a"]}]}"#, Some("boom")),
            (r#"{"errors":[{"message":"boom"},{"message":"second"}]}"#, Some("boom")),
            ("\u{feff}{\"message\":\"boom\"}", Some("boom")),
            (r#""boom""#, Some("boom")),
            ("boom", Some("boom")),
            ("<html>boom</html>", Some("<html>boom</html>")),
            (r#"{"message":{"a":1}}"#, None),
            ("[1]", None),
            ("", None),
        ] {
            assert_eq!(read(body.as_bytes()).message.as_deref(), words, "{body}");
        }
    }

    #[test]
    fn a_servers_text_cannot_move_the_cursor_or_fill_the_log() {
        assert_eq!(excerpt("a\x1b[31m\r\nb\u{202e}", 99), r"a\u{1b}[31m\r\nb\u{202e}");
        assert_eq!(excerpt(&"x".repeat(1000), 3), "xxx…");
    }
}
