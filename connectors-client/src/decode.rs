//! From a reply's body to the return type, straight; what went wrong is found out only where something did.

mod path;
mod probe;
mod top;

use serde::de::DeserializeOwned;

pub(crate) use probe::accept;

use crate::error::Error;
use crate::error_body::excerpt;
use crate::response::Response;

/// Reads a body: JSON, but for the types that answer at the top themselves.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    let json = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let mut whole = true;
    let top = top::Top { deserializer: &mut deserializer, body, json, whole: &mut whole };
    let value = T::deserialize(top)?;
    if whole {
        deserializer.end()?;
    }
    Ok(value)
}

/// The `Decode` error: the JSON path, what was expected, and the body's type where it is no JSON at all.
#[cold]
pub(crate) fn explain(response: Response, error: serde_json::Error) -> Error {
    let json = response.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&response.body);
    let type_name = response.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let detail = if json.iter().all(u8::is_ascii_whitespace) {
        "the reply's body is empty, but the return type needs one".to_owned()
    } else if type_name.is_some_and(|name| !name.contains("json")) && !error.is_data() {
        format!(
            "the reply is {}, not JSON: {}",
            excerpt(type_name.unwrap_or_default(), 64),
            excerpt(&String::from_utf8_lossy(&json[..json.len().min(512)]), 128)
        )
    } else {
        let place = path::at(json, error.line(), error.column());
        format!("the reply does not fit at `{place}`: {}", excerpt(&error.to_string(), 256))
    };
    response.decode_error(detail).with_source(error)
}
