//! What items of a stream are recognised by: terminators and errors within it.

use std::fmt;

use memchr::memmem;
use serde::Deserializer as _;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::ItemMatcher;

/// Whether an item has a mark.
pub(crate) fn matches(mark: &ItemMatcher, text: &[u8]) -> bool {
    match mark {
        ItemMatcher::Text(mark) => text.trim_ascii() == mark.as_bytes(),
        ItemMatcher::Field(name) => field(text, name).is_some_and(|value| value.get() != "null"),
        ItemMatcher::FieldIs(name, value) => {
            field(text, name).is_some_and(|json| json.get() == if *value { "true" } else { "false" })
        }
        ItemMatcher::FieldValue(name, value) => {
            // Most items do not even have the text in them, and need not be read twice.
            memmem::find(text, value.as_bytes()).is_some()
                && field(text, name).is_some_and(|json| is_string(json, value))
        }
    }
}

/// Whether a mark is the whole text of an item, which then says nothing else.
pub(crate) fn is_text(mark: &ItemMatcher) -> bool {
    matches!(mark, ItemMatcher::Text(_))
}

fn is_string(json: &RawValue, text: &str) -> bool {
    serde_json::from_str::<std::borrow::Cow<'_, str>>(json.get()).is_ok_and(|value| value == text)
}

/// A field of a JSON object.
fn field<'a>(text: &'a [u8], name: &str) -> Option<&'a RawValue> {
    memmem::find(text, name.as_bytes())?;
    serde_json::Deserializer::from_slice(text).deserialize_map(Field(name)).ok()?
}

struct Field<'n>(&'n str);

impl<'de> Visitor<'de> for Field<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
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
    fn a_mark_is_a_text_or_a_field_of_the_object_itself() {
        let done = ItemMatcher::Text("[DONE]");
        assert!(matches(&done, b"[DONE]") && matches(&done, b" [DONE]\r"));
        assert!(!matches(&done, b"[DONE] x") && !matches(&done, b"{\"a\": \"[DONE]\"}"));
        let end = ItemMatcher::FieldValue("type", "end");
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
        let done = ItemMatcher::FieldIs("done", true);
        assert!(matches(&done, br#"{"x": {"done": false}, "done" : true }"#));
        assert!(!matches(&done, br#"{"done": "true"}"#) && !matches(&done, br#"{"done": false, "x": true}"#));
        assert!(matches(&ItemMatcher::FieldIs("done", false), br#"{"done": false}"#));
        let error = ItemMatcher::Field("error");
        assert!(matches(&error, br#"{"error": {"message": "x"}}"#) && matches(&error, br#"{"error": ""}"#));
        assert!(!matches(&error, br#"{"error": null}"#) && !matches(&error, br#"{"errors": 1}"#));
    }
}
