//! Equality of texts: byte for byte, except for different notations of a number or an instant.

use crate::json::Json;

/// Returns true if two numbers are equal. Integers are compared by their digits, others by value.
pub(crate) fn same_number(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let is_integer = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let value = |text: &str| text.parse::<f64>().ok().map(f64::to_bits);
    !(is_integer(a) && is_integer(b)) && value(a).is_some() && value(a) == value(b)
}

/// Returns true if two targets are equal, except for the notation of numbers in the query.
pub(crate) fn same_target(a: &str, b: &str) -> bool {
    let (a, b) = (split_target(a), split_target(b));
    let (Some(a_query), Some(b_query)) = (a.1, b.1) else { return a == b };
    let (a_pairs, b_pairs): (Vec<_>, Vec<_>) =
        (a_query.split('&').collect(), b_query.split('&').collect());
    a.0 == b.0
        && a_pairs.len() == b_pairs.len()
        && a_pairs.iter().zip(&b_pairs).all(|(a, b)| same_pair(a, b))
}

fn split_target(target: &str) -> (&str, Option<&str>) {
    target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)))
}

fn same_pair(a: &str, b: &str) -> bool {
    match (a.split_once('='), b.split_once('=')) {
        (Some((a_name, a)), Some((b_name, b))) => a_name == b_name && same_number(a, b),
        _ => a == b,
    }
}

/// Returns true if two JSON texts have equal tokens. Order and escapes matter, but the notation of
/// a float does not.
pub(crate) fn same_json_text(a: &str, b: &str) -> bool {
    let (a, b) = (tokens(a), tokens(b));
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| same_number(a, b))
}

fn tokens(json: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = json;
    while !rest.is_empty() {
        let (token, after) = rest.split_at(token_length(rest));
        tokens.push(token);
        rest = after;
    }
    tokens
}

fn token_length(json: &str) -> usize {
    if json.starts_with('"') {
        return string_length(json);
    }
    let is_single = |character: char| "{}[]:,\" \t\r\n".contains(character);
    match json.find(is_single) {
        Some(0) => 1,
        Some(length) => length,
        None => json.len(),
    }
}

fn string_length(json: &str) -> usize {
    let mut is_escaped = false;
    for (index, byte) in json.bytes().enumerate().skip(1) {
        match byte {
            b'"' if !is_escaped => return index + 1,
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    json.len()
}

/// Returns true if two values are equal as data. Null equals absent, unknown fields and type names
/// are ignored, and an instant may be written in any notation.
pub(crate) fn same_data(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Object(_), Json::Object(_)) => same_fields(a, b),
        (Json::List(a), Json::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_data(a, b))
        }
        (Json::Text(a), Json::Text(b)) => a == b || same_instant(a, b),
        (Json::Integer(_) | Json::Float(_), Json::Integer(_) | Json::Float(_)) => {
            same_number(&number(a), &number(b))
        }
        _ => match (date_time(a), date_time(b)) {
            (Some(a), _) => same_data(a, b),
            (_, Some(b)) => same_data(a, b),
            _ => a == b,
        },
    }
}

fn number(json: &Json) -> String {
    serde_json::to_string(json).expect("a number has a JSON form")
}

fn same_instant(a: &str, b: &str) -> bool {
    match (a.parse::<jiff::Timestamp>(), b.parse::<jiff::Timestamp>()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

fn date_time(json: &Json) -> Option<&Json> {
    json.get("$datetime")
}

fn same_fields(a: &Json, b: &Json) -> bool {
    let (a_fields, b_fields) = (fields(a), fields(b));
    a_fields.len() == b_fields.len()
        && a_fields
            .iter()
            .all(|(name, value)| b.get(name).is_some_and(|other| same_data(value, other)))
}

fn fields(object: &Json) -> Vec<&(String, Json)> {
    let is_compared = |name: &str| !matches!(name, "$type" | "$extra");
    object
        .entries()
        .iter()
        .filter(|(name, value)| *value != Json::Null && is_compared(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_value_and_integers_by_their_digits() {
        for (a, b) in [("10", "10.0"), ("1e22", "1e+22"), ("1e-7", "1e-07"), ("-0.0", "-0")] {
            assert!(same_number(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("10", "10.5"),
            ("0.0", "-0.0"),
            ("x", "y"),
            ("", "0"),
            ("1180591620717411303424", "1180591620717411303425"),
        ] {
            assert!(!same_number(a, b), "{a} {b}");
        }
    }

    #[test]
    fn targets_are_compared_byte_by_byte() {
        assert!(same_target("/a?b=10.0&c=%20", "/a?b=10&c=%20"));
        for (a, b) in
            [("/a?b=1&c=2", "/a?c=2&b=1"), ("/a?b=+", "/a?b=%20"), ("/a?", "/a"), ("/1.0", "/1")]
        {
            assert!(!same_target(a, b), "{a} {b}");
        }
    }

    #[test]
    fn json_is_compared_token_by_token() {
        assert!(same_json_text(r#"{"a\"":[1.0,"1"]}"#, r#"{"a\"":[1,"1"]}"#));
        for (a, b) in [
            (r#"{"a":1}"#, r#"{"a": 1}"#),
            (r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#),
            (r#""1.0""#, r#""1""#),
        ] {
            assert!(!same_json_text(a, b), "{a} {b}");
        }
    }

    #[test]
    fn data_is_compared_without_recording_metadata() {
        let same = |a: &str, b: &str| {
            same_data(&serde_json::from_str(a).unwrap(), &serde_json::from_str(b).unwrap())
        };
        assert!(same(r#"{"$type":"X","a":null,"$extra":{"z":1},"n":1}"#, r#"{"n":1.0}"#));
        assert!(same(
            r#"{"t":{"$datetime":"2024-01-02T03:04:05+00:00"}}"#,
            r#"{"t":"2024-01-02T03:04:05Z"}"#
        ));
        assert!(!same(
            r#"{"t":{"$datetime":"2024-01-02T03:04:05+00:00"}}"#,
            r#"{"t":"2024-01-02T03:04:06Z"}"#
        ));
        assert!(!same(r#"{"a":1}"#, r#"{"a":1,"b":2}"#));
        assert!(!same(r#"{"a":"1"}"#, r#"{"a":1}"#));
    }
}
