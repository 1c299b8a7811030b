//! Reads the body of an error, whatever API it comes from.

use std::borrow::Cow;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::words;
use crate::encode::charset;
use crate::encode::media_type::MediaType;
pub(crate) use crate::endpoint::matcher::strip_bom;

/// Maximum number of characters shown of a server's message.
const MAX_MESSAGE: usize = 256;

/// The parts of a body that an error shows.
#[derive(Default)]
pub(crate) struct ErrorBody {
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
}

/// A type that a variant of an [`ErrorClass`](crate::ErrorClass) can carry.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the body of an error",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it; it may borrow nothing"
)]
pub trait FromErrorBody: Sized {
    /// Reads a body; `None` if it does not fit.
    fn from_error_body(body: &[u8]) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromErrorBody for T {
    fn from_error_body(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(strip_bom(body)).ok()
    }
}

/// Reads a body of any media type.
pub(crate) fn read(body: &[u8], media_type: Option<MediaType<'_>>) -> ErrorBody {
    let (words, request_id) = match json(strip_bom(body), media_type) {
        Ok(value) => (words::in_json(&value), value.as_object().and_then(request_id)),
        Err(text) => (words::in_text(&text, media_type), None),
    };
    ErrorBody { message: words.map(|words| excerpt(&words, MAX_MESSAGE)), request_id }
}

/// Reads a body as JSON, or else as text. JSON is UTF-8, whatever charset is declared; only if it
/// cannot be read so, the charset is believed.
fn json<'a>(body: &'a [u8], media_type: Option<MediaType<'_>>) -> Result<Value, Cow<'a, str>> {
    serde_json::from_slice(body).or_else(|_| {
        let text = charset::decode_lossy(body, media_type);
        serde_json::from_str(&text).map_err(|_| text)
    })
}

/// Returns a body of JSON in UTF-8, from which a type can be read. Any other body stays as it is, and
/// so does one that is not text in its charset: data must not change.
pub(crate) fn in_utf8<'a>(body: &'a [u8], media_type: Option<MediaType<'_>>) -> Cow<'a, [u8]> {
    let is_utf8 = || str::from_utf8(body).is_ok() && !body.contains(&0);
    if !media_type.is_some_and(MediaType::is_json) || is_utf8() {
        return body.into();
    }
    match charset::decode(body, media_type) {
        Ok(Cow::Borrowed(text)) => text.as_bytes().into(),
        Ok(Cow::Owned(text)) => text.into_bytes().into(),
        Err(_) => body.into(),
    }
}

/// The error status that an object names: `status`, `status_code`, `error_code` or `code`, also of
/// an `error` within it.
pub(crate) fn status(body: &[u8]) -> Option<StatusCode> {
    let object: Map<String, Value> = serde_json::from_slice(strip_bom(body)).ok()?;
    let nested = object.get("error").and_then(Value::as_object);
    let objects = [Some(&object), nested].into_iter().flatten();
    let numbers = objects.flat_map(|object| {
        ["status", "status_code", "error_code", "code"]
            .into_iter()
            .filter_map(|name| object.get(name)?.as_u64())
    });
    let mut statuses =
        numbers.filter_map(|number| StatusCode::from_u16(u16::try_from(number).ok()?).ok());
    statuses.find(|status| status.is_client_error() || status.is_server_error())
}

/// The request id in a body. A bare `id` counts only beside a `message`: it may belong to any
/// resource.
fn request_id(object: &Map<String, Value>) -> Option<String> {
    let id = object.get("request_id").or_else(|| object.get("message").and(object.get("id")))?;
    id.as_str().filter(|id| !id.is_empty()).map(|id| excerpt(id, 128))
}

/// Makes a server's text safe to show: escapes control characters and cuts it after `max`
/// characters.
pub(crate) fn excerpt(text: &str, max: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(max));
    for (i, character) in text.chars().enumerate() {
        if i == max {
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

/// The first of the headers that commonly carry a request id.
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
    NAMES.iter().filter_map(|name| headers.get(*name)?.to_str().ok()).find(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_escaped_and_shortened() {
        assert_eq!(excerpt("a\x1b[31m\r\nb\u{202e}", 99), r"a\u{1b}[31m\r\nb\u{202e}");
        assert_eq!(excerpt(&"x".repeat(1000), 3), "xxx…");
        let message =
            read(format!("{{\"message\":\"{}\"}}", "x".repeat(1000)).as_bytes(), None).message;
        assert_eq!(message.unwrap().chars().count(), MAX_MESSAGE + 1);
    }

    #[test]
    fn an_empty_header_hides_no_request_id() {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", http::HeaderValue::from_static(""));
        assert_eq!(header_request_id(&headers), None);
        headers.insert("x-correlation-id", http::HeaderValue::from_static("c"));
        assert_eq!(header_request_id(&headers), Some("c"));
    }
}
