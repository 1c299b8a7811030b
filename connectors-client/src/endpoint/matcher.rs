//! Matching the items of a stream: its terminators and its errors.

use std::cmp::Ordering;
use std::fmt;

use memchr::memmem;
use serde::Deserializer as _;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::ItemMatcher;

/// Returns true if the item matches.
pub(crate) fn matches(matcher: &ItemMatcher, item: &[u8]) -> bool {
    match matcher {
        ItemMatcher::Text(text) => item.trim_ascii() == text.as_bytes(),
        ItemMatcher::Field(path) => field(item, path).is_some_and(|value| value.get() != "null"),
        ItemMatcher::FieldIs(path, value) => field(item, path)
            .is_some_and(|json| json.get() == if *value { "true" } else { "false" }),
        ItemMatcher::FieldNumber(path, value) => {
            let number = field(item, path).and_then(|json| json.get().parse::<f64>().ok());
            number.and_then(|number| number.partial_cmp(value)).is_some_and(Ordering::is_eq)
        }
        ItemMatcher::FieldValue(path, value) => {
            // Most items do not contain the text, so they are not parsed a second time.
            memmem::find(item, value.as_bytes()).is_some()
                && field(item, path).is_some_and(|json| is_string(json, value))
        }
    }
}

/// Returns true if the matcher compares the whole text, so the item has no other content.
pub(crate) fn is_text(matcher: &ItemMatcher) -> bool {
    matches!(matcher, ItemMatcher::Text(_))
}

fn is_string(json: &RawValue, text: &str) -> bool {
    serde_json::from_str::<std::borrow::Cow<'_, str>>(json.get()).is_ok_and(|value| value == text)
}

/// Removes the byte order mark that some servers put before JSON, against RFC 8259 section 8.1.
pub(crate) fn strip_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Returns the value of a field of a JSON object, or of an object in it.
fn field<'a>(item: &'a [u8], path: &[&str]) -> Option<&'a RawValue> {
    let (item, (name, within)) = (strip_bom(item), path.split_first()?);
    memmem::find(item, name.as_bytes())?;
    let value: Option<&RawValue> =
        serde_json::Deserializer::from_slice(item).deserialize_map(Field(name)).ok()?;
    if within.is_empty() { value } else { field(value?.get().as_bytes(), within) }
}

/// Shows a path as it is declared: a name with a dot is in quotes.
pub(crate) fn shown(path: &[&str]) -> String {
    let shown =
        |name: &&str| if name.contains('.') { format!("\"{name}\"") } else { (*name).to_owned() };
    let names = path.iter().map(shown);
    names.collect::<Vec<_>>().join(".")
}

/// Returns the text in a field of a JSON object, or of an object in it.
pub(crate) fn text_of(item: &[u8], path: &[&str]) -> Option<String> {
    serde_json::from_str(field(item, path)?.get()).ok()
}

/// Returns the value of a field of a text that is a JSON object.
pub(crate) fn value_of<'a>(
    text: &'a str,
    name: &str,
) -> Result<Option<&'a RawValue>, serde_json::Error> {
    let mut object = serde_json::Deserializer::from_str(text);
    let value = object.deserialize_map(Field(name))?;
    object.end().map(|()| value)
}

struct Field<'n>(&'n str);

impl<'de> Visitor<'de> for Field<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the field `{}`", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if key == self.0 {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{ItemMatcher, matches};

    #[test]
    fn an_item_matches_by_its_text_or_by_an_outer_field() {
        let done = ItemMatcher::Text("[DONE]");
        assert!(matches(&done, b"[DONE]") && matches(&done, b" [DONE]\r"));
        assert!(!matches(&done, b"[DONE] x") && !matches(&done, b"{\"a\": \"[DONE]\"}"));
        let end = ItemMatcher::FieldValue(&["type"], "end");
        assert!(matches(&end, br#"{"a": {"type": "x"}, "type": "end"}"#));
        assert!(matches(&end, br#"{"type":"\u0065nd"}"#) || !matches(&end, br#"{"type":"end "}"#));
        for other in [
            r#"{"a": {"type": "end"}}"#,
            r#"{"type": "ending"}"#,
            r#"["type", "end"]"#,
            r#"{"type": "end""#,
            "",
        ] {
            assert!(!matches(&end, other.as_bytes()), "{other}");
        }
        let done = ItemMatcher::FieldIs(&["done"], true);
        assert!(matches(&done, br#"{"x": {"done": false}, "done" : true }"#));
        assert!(
            !matches(&done, br#"{"done": "true"}"#)
                && !matches(&done, br#"{"done": false, "x": true}"#)
        );
        assert!(matches(&ItemMatcher::FieldIs(&["done"], false), br#"{"done": false}"#));
        let error = ItemMatcher::Field(&["error"]);
        assert!(
            matches(&error, br#"{"error": {"message": "x"}}"#)
                && matches(&error, br#"{"error": ""}"#)
        );
        assert!(!matches(&error, br#"{"error": null}"#) && !matches(&error, br#"{"errors": 1}"#));
    }

    #[test]
    fn a_path_leads_into_objects_and_numbers_are_compared_by_value() {
        let state = ItemMatcher::FieldValue(&["status", "state"], "end");
        assert!(matches(&state, br#"{"state": "x", "status": {"code": 1, "state": "end"}}"#));
        for other in [
            r#"{"state": "end"}"#,
            r#"{"status": "end"}"#,
            r#"{"status": {"x": {"state": "end"}}}"#,
            "[]",
        ] {
            assert!(!matches(&state, other.as_bytes()), "{other}");
        }
        let quoted = ItemMatcher::Field(&["a.b"]);
        assert!(matches(&quoted, br#"{"a.b": 0}"#) && !matches(&quoted, br#"{"a": {"b": 0}}"#));
        let number = ItemMatcher::FieldNumber(&["n"], 100.0);
        for same in ["100", "100.0", "1e2"] {
            assert!(matches(&number, format!(r#"{{"n": {same}}}"#).as_bytes()), "{same}");
        }
        for other in ["101", "\"100\"", "null", "[100]", "-100"] {
            assert!(!matches(&number, format!(r#"{{"n": {other}}}"#).as_bytes()), "{other}");
        }
    }
}
