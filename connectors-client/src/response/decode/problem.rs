//! The message of `serde_json` about a body, without the pieces of the body that it quotes.

use std::borrow::Cow;

use crate::error::{DOES_NOT_FIT, HAS_NO_FIELD, TAGGED, UNKNOWN_EVENT, excerpt};

/// Maximum number of characters shown of what was expected. An enum may have many variants.
const MAX_EXPECTED: usize = 128;

/// Describes the error: the type expected and the kind of value found. `read` is the text up to the
/// place of the error.
///
/// The errors of `serde_json` have a text and a position and nothing else, so their texts are taken
/// apart. A text of unknown form was made by a type, and may quote anything.
pub(super) fn describe(error: &serde_json::Error, read: &[u8]) -> String {
    let text = error.to_string();
    if !error.is_data() {
        // These texts are constants of `serde_json`.
        return text;
    }
    let position = format!(" at line {} column {}", error.line(), error.column());
    describe_data(text.strip_suffix(&position).unwrap_or(&text))
        .unwrap_or_else(|| format!("its type does not accept this {}", kind(read)))
}

fn describe_data(text: &str) -> Option<String> {
    if let Some(unexpected) =
        text.strip_prefix("invalid type: ").or_else(|| text.strip_prefix("invalid value: "))
    {
        let (found, expected) = unexpected_value(unexpected)?;
        return Some(format!("expected {}, found {found}", excerpt(expected, MAX_EXPECTED)));
    }
    if let Some(length) = text.strip_prefix("invalid length ") {
        let (length, expected) = length.split_once(", expected ")?;
        let length: u64 = length.parse().ok()?;
        return Some(format!(
            "expected {}, found {length} elements",
            excerpt(expected, MAX_EXPECTED)
        ));
    }
    if text.starts_with("unknown variant `") {
        let (_, expected) = text.rsplit_once("`, expected ")?;
        return Some(format!(
            "expected {}, found another variant",
            excerpt(expected, MAX_EXPECTED)
        ));
    }
    if text.starts_with("unknown field `") {
        let (_, expected) = text.rsplit_once("`, expected ")?;
        return Some(format!("unknown field, expected {}", excerpt(expected, MAX_EXPECTED)));
    }
    let names_a_field = ["missing field `", "duplicate field `"].into_iter().any(|prefix| {
        let name = text.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('`'));
        name.is_some_and(|name| name.len() <= 64 && !name.contains('`'))
    });
    let names_an_enum = text
        .strip_prefix("data did not match any variant of untagged enum ")
        .is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
    if names_a_field || names_an_enum || text == UNKNOWN_EVENT {
        return Some(text.to_owned());
    }
    // A tagged object, with the names that its declaration has.
    let is_name = |name: &str| name.len() <= 64 && !name.contains('`');
    let object = text.strip_prefix(TAGGED)?;
    if let Some((tag, field)) = object.split_once(HAS_NO_FIELD) {
        return (is_name(tag) && field.strip_suffix('`').is_some_and(is_name))
            .then(|| text.to_owned());
    }
    let (tag, inner) = object.split_once(DOES_NOT_FIT)?;
    let inner =
        describe_data(inner).map_or(Cow::Borrowed("its type does not accept it"), Cow::Owned);
    is_name(tag).then(|| format!("{TAGGED}{tag}{DOES_NOT_FIT}{inner}"))
}

/// Takes apart `string "a", expected u8`: the kind of value found, and what was expected.
fn unexpected_value(text: &str) -> Option<(&'static str, &str)> {
    const KINDS: [(&str, &str); 16] = [
        ("boolean `", "a boolean"),
        ("integer `", "an integer"),
        ("floating point `", "a floating point number"),
        ("character `", "a character"),
        ("byte array", "bytes"),
        ("unit value", "null"),
        ("null", "null"),
        ("Option value", "an optional value"),
        ("newtype struct", "a value"),
        ("sequence", "an array"),
        ("map", "an object"),
        ("enum", "an enum"),
        ("unit variant", "a variant without data"),
        ("newtype variant", "a variant with a value"),
        ("tuple variant", "a variant with an array"),
        ("struct variant", "a variant with an object"),
    ];
    if let Some(quoted) = text.strip_prefix("string \"") {
        let expected = quoted[end_of_string(quoted)?..].strip_prefix("\", expected ")?;
        return Some(("a string", expected));
    }
    let found = KINDS.iter().find(|(prefix, _)| text.starts_with(prefix));
    let (_, expected) = text.rsplit_once(", expected ")?;
    Some((found.map_or("another value", |(_, kind)| kind), expected))
}

/// The position of the quote that ends a string as `Debug` writes it.
fn end_of_string(text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some(at),
            '\\' => drop(characters.next()),
            _ => {}
        }
    }
    None
}

/// The kind of the JSON value that ends a text.
fn kind(read: &[u8]) -> &'static str {
    match read.trim_ascii_end().last() {
        Some(b'"') => "string",
        Some(b'0'..=b'9') => "number",
        Some(b']' | b'[') => "array",
        Some(b'}' | b'{') => "object",
        _ => "value",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::net::IpAddr;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;

    use super::describe;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code)]
    struct Strict {
        a: u8,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Color {
        Red,
        Blue,
    }

    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code)]
    enum Either {
        Number(u8),
        Flag(bool),
    }

    /// A type whose text begins with the value.
    #[derive(Debug, Deserialize)]
    #[serde(try_from = "String")]
    struct Quoting;

    impl TryFrom<String> for Quoting {
        type Error = String;

        fn try_from(value: String) -> Result<Self, String> {
            Err(value)
        }
    }

    fn problem<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
        let error = serde_json::from_str::<T>(json).unwrap_err();
        let end = if error.line() == 0 { json.len() } else { error.column().min(json.len()) };
        let text = describe(&error, &json.as_bytes()[..end]);
        assert!(!text.contains("canary") && !text.contains("4711"), "{text}");
        text
    }

    #[test]
    fn texts_name_the_type_and_the_kind_of_value_and_not_the_value() {
        assert_eq!(problem::<u8>(r#""canary""#), "expected u8, found a string");
        assert_eq!(problem::<u8>(r#""canary\", expected canary""#), "expected u8, found a string");
        assert_eq!(problem::<u8>("4711"), "expected u8, found an integer");
        assert_eq!(problem::<u8>("4711.5"), "expected u8, found a floating point number");
        assert_eq!(problem::<String>("4711"), "expected a string, found an integer");
        assert_eq!(problem::<u8>("null"), "expected u8, found null");
        assert_eq!(problem::<u8>("true"), "expected u8, found a boolean");
        assert_eq!(problem::<u8>(r#"["canary"]"#), "expected u8, found an array");
        assert_eq!(problem::<Vec<u8>>(r#"{"canary":1}"#), "expected a sequence, found an object");
        assert_eq!(problem::<char>(r#""canary""#), "expected a character, found a string");
        assert_eq!(problem::<(u8, u8)>("[1]"), "expected a tuple of size 2, found 1 elements");
        assert_eq!(
            problem::<Color>(r#""canary""#),
            "expected `red` or `blue`, found another variant"
        );
        assert_eq!(
            problem::<Color>(r#""canary`, expected canary""#),
            "expected `red` or `blue`, found another variant"
        );
        assert_eq!(problem::<Strict>(r#"{"canary":1}"#), "unknown field, expected `a`");
        assert_eq!(problem::<Strict>("{}"), "missing field `a`");
        assert_eq!(problem::<Strict>(r#"{"a":1,"a":2}"#), "duplicate field `a`");
        assert_eq!(
            problem::<Either>(r#""canary""#),
            "data did not match any variant of untagged enum Either"
        );
        assert_eq!(
            problem::<BTreeMap<u8, u8>>(r#"{"canary":1}"#),
            "invalid value: expected key to be a number in quotes at line 1 column 2"
        );
    }

    #[test]
    fn a_text_that_a_type_made_is_not_shown() {
        assert_eq!(problem::<Quoting>(r#""canary""#), "its type does not accept this string");
        assert_eq!(
            problem::<Quoting>(r#""missing field canary""#),
            "its type does not accept this string"
        );
        assert_eq!(problem::<IpAddr>(r#""canary""#), "its type does not accept this string");
    }

    #[test]
    fn invalid_json_is_described_by_its_position() {
        assert_eq!(problem::<u8>("{\"canary\""), "expected u8, found an object");
        assert_eq!(problem::<Vec<u8>>("[1,"), "EOF while parsing a value at line 1 column 3");
        assert_eq!(problem::<String>("canary"), "expected value at line 1 column 1");
    }
}
