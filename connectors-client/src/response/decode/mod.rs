//! Decodes a response body straight into the return type. Errors are explained only if there is
//! one.

mod body_deserializer;
mod header;
mod path;
pub(crate) mod probe;
mod problem;

use std::borrow::Cow;
use std::cell::OnceCell;

use bytes::Bytes;
use serde::de::{DeserializeOwned, Unexpected};

use body_deserializer::BodyDeserializer;
pub use header::{Problem, Value};
pub(crate) use header::{header, header_with, is_missing};
pub(crate) use probe::accept;

use crate::encode::media_type::MediaType;
use crate::endpoint::matcher;
use crate::error::body::strip_bom;
use crate::error::{DecodeProblem, Error, ErrorKind, excerpt};
use crate::response::Response;
use crate::response::reply_stream::Head;

/// Reads the data of a response as JSON, except for the types that the outermost deserializer reads
/// itself. An empty body reads as `None`, unless another status means "nothing" and the type reads
/// any body.
pub(crate) fn read<T: DeserializeOwned>(response: Response) -> Result<T, Error> {
    let data = Data::of(response, probe::ignores_content::<T>)?;
    match value_in(data.deserializer()) {
        Ok(value) => Ok(value),
        Err(error) => Err(data.explain(&error)),
    }
}

fn value_in<T: DeserializeOwned>(mut text: BodyDeserializer<'_>) -> Result<T, serde_json::Error> {
    let value = T::deserialize(&mut text)?;
    text.end().map(|()| value)
}

/// The data of a response: its body, or the field that the endpoint's envelope names.
///
/// Functions that do not depend on the type are not inlined: they would be compiled once per return
/// type.
struct Data {
    response: Response,
    /// The field, if there is an envelope.
    field: Option<Bytes>,
    /// The text, if it is not all UTF-8.
    mended: OnceCell<String>,
    ignores_content: fn() -> bool,
}

impl Data {
    #[inline(never)]
    fn of(response: Response, ignores_content: fn() -> bool) -> Result<Self, Error> {
        let (response, field) = match response.envelope() {
            Some(name) if !ignores_content() => opened(response, name)?,
            _ => (response, None),
        };
        Ok(Self { response, field, mended: OnceCell::new(), ignores_content })
    }

    #[inline(never)]
    fn deserializer(&self) -> BodyDeserializer<'_> {
        let body = self.field.as_ref().unwrap_or(self.response.body());
        let is_something = self.response.is_something() && (self.ignores_content)();
        BodyDeserializer::new(body, &self.mended, is_something)
    }

    #[cold]
    fn explain(self, error: &serde_json::Error) -> Error {
        explain(self.response, self.field.as_ref(), error)
    }
}

/// Takes the data out of the envelope. An empty body has none.
#[inline(never)]
fn opened(response: Response, name: &str) -> Result<(Response, Option<Bytes>), Error> {
    match data_in(response.body(), name) {
        Ok(Some(data)) => Ok((response, Some(data))),
        Ok(None) => Err(response
            .decode_error(format!("the response has no field `{name}`, which its envelope names"))),
        Err(error) => Err(explain(response, None, &error)),
    }
}

/// Returns the value of a field of the body.
pub(crate) fn data_in(body: &Bytes, name: &str) -> Result<Option<Bytes>, serde_json::Error> {
    let json = strip_bom(body);
    if json.iter().all(u8::is_ascii_whitespace) {
        return Ok(Some(Bytes::new()));
    }
    if let Ok(text) = simdutf8::basic::from_utf8(json) {
        let data = matcher::value_of(text, name)?;
        return Ok(data.map(|data| body.slice_ref(data.get().as_bytes())));
    }
    let text = body_deserializer::mended(json);
    let data = matcher::value_of(&text, name)?;
    Ok(data.map(|data| Bytes::copy_from_slice(data.get().as_bytes())))
}

/// Builds the `Decode` error: the JSON path, the type expected and the kind of value found, or the
/// media type if the body is not JSON. `data` is the part that was decoded, if not all. No piece of the body is in it.
#[cold]
pub(crate) fn explain(
    response: Response,
    data: Option<&Bytes>,
    error: &serde_json::Error,
) -> Error {
    let json = strip_bom(data.unwrap_or(response.body()));
    if json.iter().all(u8::is_ascii_whitespace) {
        return response.decode_error("the response body is empty, but the return type needs one");
    }
    let other = MediaType::of(response.headers()).filter(|own| !own.is_json());
    // A number or a word is JSON by accident.
    let is_text = other.is_some_and(|own| own.is_text() && is_scalar(json));
    let detail = if let Some(other) = other.filter(|_| !error.is_data()) {
        let expected =
            if other.is_text() { "JSON (the return type `Text` reads it)" } else { "JSON" };
        not_a(other.name(), response.body(), expected)
    } else {
        let within = data.and(response.envelope());
        let path = path::at(within, &readable(json), error.line(), error.column());
        let hint = if is_text { " (the return type `Text` reads it as text)" } else { "" };
        format!("the response does not fit at {path}{hint}")
    };
    let problem = problem_of(json, error);
    response.decode_error(detail).with_problem(problem)
}

/// Returns true for JSON that is neither an object nor an array.
fn is_scalar(json: &[u8]) -> bool {
    !matches!(json.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// Says that a response has another media type than the one expected.
pub(crate) fn not_a(media_type: &str, body: &[u8], expected: &str) -> String {
    let unit = if body.len() == 1 { "byte" } else { "bytes" };
    format!("the response is `{}` ({} {unit}), not {expected}", excerpt(media_type, 64), body.len())
}

/// Reads an item of a stream as JSON.
pub(crate) fn item<T: DeserializeOwned>(text: &[u8]) -> Result<T, serde_json::Error> {
    check_object::<T>(text)?;
    serde_json::from_slice(text)
}

/// Refuses an array for a struct. serde reads one field by field, which no API means.
pub(crate) fn check_object<T: DeserializeOwned>(text: &[u8]) -> Result<(), serde_json::Error> {
    if text.trim_ascii_start().starts_with(b"[") && probe::reads_struct::<T>() {
        return Err(serde::de::Error::invalid_type(Unexpected::Seq, &"an object"));
    }
    Ok(())
}

/// Builds the `Decode` error of an item of a stream. It keeps the item's text; `what` names the
/// item.
#[cold]
pub(crate) fn explain_item(
    head: &Head,
    what: &str,
    text: Bytes,
    error: &serde_json::Error,
) -> Error {
    let detail = if error.is_data() {
        let path = path::at(None, &readable(&text), error.line(), error.column());
        format!("{what} of the stream does not fit at {path}")
    } else {
        format!("{what} of the stream is not valid JSON")
    };
    let problem = problem_of(&text, error);
    head.error(ErrorKind::Decode, detail, text).with_problem(problem)
}

/// The text that was read. The positions of errors are positions in it.
fn readable(json: &[u8]) -> Cow<'_, [u8]> {
    match simdutf8::basic::from_utf8(json) {
        Ok(_) => json.into(),
        Err(_) => body_deserializer::mended(json).into_bytes().into(),
    }
}

fn problem_of(json: &[u8], error: &serde_json::Error) -> DecodeProblem {
    let text = readable(json);
    // An error without a position is about the whole body.
    let end = if error.line() == 0 {
        text.len()
    } else {
        path::offset(&text, error.line(), error.column())
    };
    let read = &text[..end.min(text.len())];
    if matches!(text, Cow::Owned(_))
        && body_deserializer::NOT_UTF8.as_bytes().starts_with(last(read, 6))
    {
        return DecodeProblem::new("a string is not UTF-8");
    }
    DecodeProblem::new(&problem::describe(error, read))
}

/// The last bytes, at most `count`.
fn last(text: &[u8], count: usize) -> &[u8] {
    &text[text.len().saturating_sub(count)..]
}

#[cfg(test)]
mod tests {
    use std::cell::OnceCell;
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
        let mended = OnceCell::new();
        super::value_in(super::BodyDeserializer::new(body, &mended, false))
    }

    fn error_of(body: &'static [u8]) -> Error {
        static ENDPOINT: Endpoint = Endpoint::new("Items", "get", "GET", "items", "", &[]);
        let (status, headers) = (http::StatusCode::OK, http::HeaderMap::new());
        let error = decode::<Item>(body).unwrap_err();
        explain(
            Response::new(&ENDPOINT, Reply { status, headers, body: body.into() }),
            None,
            &error,
        )
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
        assert_eq!(text, "GET items: the response does not fit at `id`: a string is not UTF-8");
        let other = error_of(b"{\"name\":\"\xe9\",\"id\":7}").to_string();
        assert_eq!(
            other,
            "GET items: the response does not fit at `id`: expected a string, found an integer"
        );
    }
}
