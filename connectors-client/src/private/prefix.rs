//! Prefixes that are constants. They are checked and joined to the template at compile time.

/// Removes the slashes around a prefix.
pub const fn trimmed(prefix: &'static str) -> &'static str {
    let bytes = prefix.as_bytes();
    let (mut start, mut end) = (0, bytes.len());
    while start < end && bytes[start] == b'/' {
        start += 1;
    }
    while end > start && bytes[end - 1] == b'/' {
        end -= 1;
    }
    prefix.split_at(end).0.split_at(start).1
}

/// Returns the separator between a prefix and the path after it.
pub const fn separator(prefix: &str, path: &str) -> &'static str {
    if prefix.is_empty() || path.is_empty() { "" } else { "/" }
}

/// Joins a prefix and a path. `LENGTH` is the length of the result.
pub const fn joined<const LENGTH: usize>(prefix: &str, path: &str) -> [u8; LENGTH] {
    let parts = [prefix.as_bytes(), separator(prefix, path).as_bytes(), path.as_bytes()];
    let mut joined = [0; LENGTH];
    let (mut end, mut part) = (0, 0);
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() {
            joined[end] = parts[part][i];
            i += 1;
            end += 1;
        }
        part += 1;
    }
    joined
}

/// Checks a prefix.
///
/// # Panics
///
/// Panics if the prefix is invalid. This is a compile error, because it is called in a constant.
pub const fn check_prefix(prefix: &str) {
    let bytes = prefix.as_bytes();
    let (mut i, mut segment) = (0, 0);
    while i <= bytes.len() {
        if i == bytes.len() || bytes[i] == b'/' {
            let is_inner = segment > 0 && i < bytes.len();
            assert!(i > segment || !is_inner, "a prefix has an empty segment: `//`");
            assert!(!is_dots(bytes, segment, i), "a prefix has a segment that leads out of the path");
            segment = i + 1;
        } else {
            let is_legal = bytes[i].is_ascii_alphanumeric()
                || matches!(bytes[i], b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')')
                || matches!(bytes[i], b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@');
            assert!(is_legal, "a prefix is plain text of the path, like `v1` or `api/v1`");
        }
        i += 1;
    }
}

const fn is_dots(bytes: &[u8], start: usize, end: usize) -> bool {
    match end - start {
        1 => bytes[start] == b'.',
        2 => bytes[start] == b'.' && bytes[start + 1] == b'.',
        _ => false,
    }
}

/// Joins a prefix and a template. Items have no hygiene, so the names must not clash with others.
#[doc(hidden)]
#[macro_export]
macro_rules! __joined_template {
    ($prefix:expr, $path:expr) => {{
        const __TRIMMED_PREFIX: &str = $crate::__private::trimmed($prefix);
        const __JOINED_LENGTH: usize = __TRIMMED_PREFIX.len()
            + $crate::__private::separator(__TRIMMED_PREFIX, $path).len()
            + $path.len();
        const __JOINED_BYTES: [u8; __JOINED_LENGTH] = $crate::__private::joined(__TRIMMED_PREFIX, $path);
        match ::core::str::from_utf8(&__JOINED_BYTES) {
            ::core::result::Result::Ok(template) => template,
            ::core::result::Result::Err(_) => $path,
        }
    }};
}

#[cfg(test)]
mod tests {
    use super::{check_prefix, trimmed};

    const V1: &str = "/api/v1/";
    const NONE: &str = "/";

    #[test]
    fn a_prefix_is_joined_with_one_slash() {
        assert_eq!(crate::__joined_template!(V1, "things/<id>"), "api/v1/things/<id>");
        assert_eq!(crate::__joined_template!(V1, ""), "api/v1");
        assert_eq!(crate::__joined_template!(NONE, "things"), "things");
        assert_eq!(trimmed("//"), "");
    }

    #[test]
    fn a_prefix_is_checked() {
        for valid in ["", "/", "v1", "/v1/", "a/b.c/..d", "a..", "~x:y"] {
            check_prefix(valid);
        }
        for invalid in ["a//b", "..", "a/../b", "./a", "a/.", "a?b", "a b", "<a>", "a%2e", "ü", "//a"] {
            assert!(std::panic::catch_unwind(|| check_prefix(invalid)).is_err(), "{invalid}");
        }
    }
}
