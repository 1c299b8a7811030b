//! Texts of a template, as `#[api_client]` reads it: `books/<id>?<limit>&page=<page>`.

use std::fmt::Write as _;

use super::Reason;

/// Characters of a path beside letters and digits (`pchar` of RFC 3986, section 3.3), and its slash.
const IN_PATH: &[u8] = b"-._~!$&'()*+,;=:@/";

/// Refuses a path that no template stands for.
pub(super) fn check_path(path: &str) -> Result<(), Reason> {
    if path.contains("://") {
        return Err(format!("the path `{path}` is a URL"));
    }
    if path.contains("}{") {
        return Err(format!("the path `{path}` has two parameters without text between them"));
    }
    let relative = path.strip_prefix('/').unwrap_or(path);
    let mut segments = relative.split('/').rev().skip(1);
    if segments.any(str::is_empty) {
        return Err(format!("the path `{path}` has an empty segment"));
    }
    // URL parsers read an encoded dot as a dot here (WHATWG URL, "double-dot URL path segment").
    let plain = |segment: &str| segment.to_lowercase().replace("%2e", ".");
    if relative.split('/').any(|segment| matches!(plain(segment).as_str(), "." | "..")) {
        return Err(format!("the path `{path}` has a segment `.` or `..`"));
    }
    Ok(())
}

/// Returns a text of a path with other characters encoded.
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for (at, byte) in text.bytes().enumerate() {
        let is_escape = byte == b'%' && escaped(&text.as_bytes()[at..]).is_some();
        if byte.is_ascii_alphanumeric() || IN_PATH.contains(&byte) || is_escape {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Refuses a name of a pair that a template cannot have.
pub(super) fn check_name(name: &str) -> Result<(), Reason> {
    let is_odd = name.is_empty() || name.starts_with('<') || name.contains(['&', '=', '#', '?']);
    if is_odd || has_escape(name) {
        return Err(format!("`{name}` is not a name for a query parameter in a template"));
    }
    Ok(())
}

/// Returns a pair of a query as text that is not encoded.
pub(super) fn plain_pair(pair: &str) -> Result<String, Reason> {
    let refused = || format!("the query `{pair}` in the path cannot be written in a template");
    let plain = decoded(pair).ok_or_else(refused)?;
    let has_sign = plain.contains(['&', '#', '?', '<', '>']) || plain.starts_with('=');
    let is_other = plain.matches('=').count() != pair.matches('=').count();
    if has_sign || is_other || has_escape(&plain) { Err(refused()) } else { Ok(plain) }
}

/// Returns a pair with this value, if a template can have it.
pub(super) fn fixed_pair(name: &str, value: &str) -> Option<String> {
    let is_odd = value.contains(['&', '#', '?', '<', '>']) || has_escape(value);
    (!is_odd).then(|| format!("{name}={value}"))
}

/// Decodes a pair as a form does.
fn decoded(pair: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(pair.len());
    let mut rest = pair.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = escaped(rest);
        rest = if escape.is_some() { &tail[2..] } else { tail };
        bytes.push(escape.unwrap_or(if *first == b'+' { b' ' } else { *first }));
    }
    String::from_utf8(bytes).ok()
}

fn has_escape(text: &str) -> bool {
    (0..text.len()).any(|at| escaped(&text.as_bytes()[at..]).is_some())
}

/// Returns the byte that an escape such as `%20` stands for.
fn escaped(bytes: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = bytes else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_encoded_or_refused() {
        for (path, shown) in [
            ("/a b/ü", "/a%20b/%C3%BC"),
            ("/a%20b/%zz", "/a%20b/%25zz"),
            ("/[x]|^`<>\"", "/%5Bx%5D%7C%5E%60%3C%3E%22"),
            ("/p/@me:go;v=1,2", "/p/@me:go;v=1,2"),
        ] {
            assert_eq!((check_path(path), encoded(path).as_str()), (Ok(()), shown));
        }
        for path in ["/a//b", "//a", "/a/../b", "/./a", "/a/%2E", "/{a}{b}", "https://a/b"] {
            assert!(check_path(path).is_err(), "{path}");
        }
        assert_eq!(check_path("/a/"), Ok(()));
    }

    #[test]
    fn pairs_are_plain_or_refused() {
        for (pair, plain) in [("a=b+c%20d", "a=b c d"), ("beta", "beta"), ("a=%C3%BC", "a=ü")] {
            assert_eq!(plain_pair(pair).as_deref(), Ok(plain));
        }
        for pair in ["a=%26", "a=%3D", "a=%2520", "=a", "a=%FF", "a=b?c"] {
            assert!(plain_pair(pair).is_err(), "{pair}");
        }
        for name in ["", "a&b", "a=b", "a#", "a?", "<a", "a%20"] {
            assert!(check_name(name).is_err(), "{name}");
        }
        for name in ["a[]", "a b", "$a", "a.b", "ü", "50%", "EndTime<"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
    }
}
