//! Percent-encodes text while it is written.

use std::fmt::{self, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use super::EncodeError;

/// Everything but the unreserved characters (RFC 3986 section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Maximum length of an encoded value in a path. Servers commonly refuse whole URLs of that length.
const MAX_PATH_VALUE: usize = 8 * 1024;

/// Part of the request that the text is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// One segment of a path.
    Segment,
    /// Several segments of a path; slashes are kept.
    Segments,
    /// A name or value of a query.
    Form,
    /// A header; nothing is encoded.
    Plain,
}

/// Encodes text into a buffer.
pub(crate) struct TextEncoder<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) encoding: Encoding,
    has_control: bool,
}

impl<'a> TextEncoder<'a> {
    pub(crate) fn new(out: &'a mut Vec<u8>, encoding: Encoding) -> Self {
        Self { out, encoding, has_control: false }
    }

    pub(super) fn write(&mut self, value: &dyn fmt::Display) -> Result<(), EncodeError> {
        // Writing to the buffer cannot fail, but a `Display` implementation can.
        write!(self, "{value}").map_err(|_| EncodeError::new("cannot be formatted as text"))
    }

    /// Refuses values that are unsafe in a path. `start` is the start of the value in the buffer.
    pub(crate) fn check_path(&self, start: usize) -> Result<(), EncodeError> {
        if self.has_control {
            return Err(EncodeError::new(
                "contains a control character, which is not allowed in a path",
            ));
        }
        // The buffer has only grown since `start` was taken.
        let text = &self.out[start..];
        if text.len() > MAX_PATH_VALUE {
            return Err(EncodeError::new("is longer than 8 KiB when encoded"));
        }
        match self.encoding {
            Encoding::Segments => check_segments(text),
            _ => check_segment(text),
        }
    }

    /// Encodes and writes text.
    pub(super) fn push(&mut self, text: &str) {
        if text.bytes().all(is_unreserved) {
            return self.out.extend_from_slice(text.as_bytes());
        }
        self.has_control |= text.bytes().any(|byte| byte.is_ascii_control());
        match self.encoding {
            Encoding::Segment => self.percent_encode(text.as_bytes()),
            Encoding::Segments => self.separated(text, '/', b'/'),
            Encoding::Form => self.separated(text, ' ', b'+'),
            Encoding::Plain => self.out.extend_from_slice(text.as_bytes()),
        }
    }

    fn percent_encode(&mut self, text: &[u8]) {
        for chunk in percent_encode(text, RESERVED) {
            self.out.extend_from_slice(chunk.as_bytes());
        }
    }

    fn separated(&mut self, text: &str, separator: char, written: u8) {
        for (i, part) in text.split(separator).enumerate() {
            if i > 0 {
                self.out.push(written);
            }
            self.percent_encode(part.as_bytes());
        }
    }
}

impl fmt::Write for TextEncoder<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text);
        Ok(())
    }
}

/// Returns true for bytes that are never encoded.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Refuses segments that encoding alone does not make safe.
///
/// WHATWG parsers remove `.` and `..` even if the dots are percent-encoded, and an empty segment
/// addresses the collection instead of its member.
fn check_segment(segment: &[u8]) -> Result<(), EncodeError> {
    match segment {
        b"" => Err(EncodeError::new("is empty, which would address another resource")),
        b"." | b".." => {
            Err(EncodeError::new("is a dot segment, which would address another resource"))
        }
        _ => Ok(()),
    }
}

/// Refuses empty segments, because many servers merge slashes: `a//b` would address `a/b`. A slash
/// at the end is allowed, because paths of object stores can have one.
fn check_segments(path: &[u8]) -> Result<(), EncodeError> {
    let path = path.strip_suffix(b"/").filter(|folder| !folder.is_empty()).unwrap_or(path);
    if path.is_empty() {
        return check_segment(path);
    }
    if path.starts_with(b"/") {
        return Err(EncodeError::new(
            "begins with a slash, so that it would address another resource: remove it",
        ));
    }
    if path.windows(2).any(|pair| pair == b"//") || path.ends_with(b"/") {
        return Err(EncodeError::new(
            "has two slashes in a row, which many servers read as one: it would address another resource",
        ));
    }
    path.split(|byte| *byte == b'/').try_for_each(check_segment)
}

/// Returns the name of a query pair in encoded form.
pub(crate) fn encoded_key(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(name.len());
    TextEncoder::new(&mut key, Encoding::Form).push(name);
    key
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use url::Url;

    use super::{Encoding, TextEncoder};
    use crate::encode::scalar;

    fn encoded(value: &str, encoding: Encoding) -> Option<String> {
        let mut out = Vec::new();
        let mut text = TextEncoder::new(&mut out, encoding);
        scalar(value, &mut text).ok()?;
        text.check_path(0).ok()?;
        Some(String::from_utf8(out).unwrap())
    }

    /// Returns a value of a few characters, most of which have a meaning in a URL.
    fn generated(random: &mut fastrand::Rng) -> String {
        const CHARACTERS: [char; 26] = [
            '.', '.', '/', '\\', '%', '2', 'e', 'E', 'f', '?', '#', '&', '=', '+', ' ', ';', ':',
            '@', '\r', '\n', '\0', '\t', 'a', 'ü', '。', '\u{202e}',
        ];
        (0..random.usize(0..8)).map(|_| CHARACTERS[random.usize(0..CHARACTERS.len())]).collect()
    }

    /// Returns true if a URL parser reads the segment unchanged.
    fn stays(segment: &str) -> bool {
        let Ok(url) = Url::parse(&format!("http://h/v1/connectors/{segment}/oauth?a=b")) else {
            return false;
        };
        let segments: Vec<_> = url.path_segments().into_iter().flatten().collect();
        segments == ["v1", "connectors", segment, "oauth"]
            && (url.query(), url.fragment()) == (Some("a=b"), None)
    }

    /// Returns true if the query is read as exactly this pair.
    fn is_one_pair(query: &str, name: &str, value: &str) -> bool {
        let Ok(url) = Url::parse(&format!("http://h/?{query}")) else { return false };
        let read: Vec<_> = url.query_pairs().into_owned().collect();
        read == [(name.to_owned(), value.to_owned())] && url.fragment().is_none()
    }

    /// Control: unencoded values, and values encoded without a check for dots, are noticed.
    #[test]
    fn a_careless_encoding_would_be_noticed() {
        let mut random = fastrand::Rng::with_seed(1);
        let (mut plain, mut dots, mut pairs) = (0, 0, 0);
        for _ in 0..10_000 {
            let id = generated(&mut random);
            plain += usize::from(!stays(&id));
            let encoded =
                percent_encoding::utf8_percent_encode(&id, percent_encoding::NON_ALPHANUMERIC);
            dots += usize::from(!stays(&encoded.to_string()));
            pairs += usize::from(!is_one_pair(&format!("n={id}"), "n", &id));
        }
        assert!(plain > 1_000 && dots > 10 && pairs > 1_000, "{plain} {dots} {pairs}");
    }

    #[test]
    fn a_million_ids_stay_in_their_segment() {
        let mut random = fastrand::Rng::with_seed(1);
        let mut refused = 0;
        for i in 0..1_000_000 {
            let id = generated(&mut random);
            let Some(segment) = encoded(&id, Encoding::Segment) else {
                let is_bad = matches!(id.as_str(), "" | "." | "..")
                    || id.chars().any(|c| c.is_ascii_control());
                assert!(is_bad, "{id:?} is refused");
                refused += 1;
                continue;
            };
            let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
            assert!(segment.bytes().all(is_safe), "{id:?} becomes {segment}");
            assert_eq!(percent_decode_str(&segment).decode_utf8().unwrap(), id);
            // Parsing URLs takes long, so only some are parsed.
            if i % 16 == 0 {
                assert!(stays(&segment), "{id:?}");
            }
        }
        assert!(refused > 100_000, "{refused}");
    }

    #[test]
    fn a_rest_of_the_path_has_no_empty_segment_but_the_last() {
        for path in ["a", "a/b", "folder/", "a/b/", "ü /b"] {
            assert!(encoded(path, Encoding::Segments).is_some(), "{path}");
        }
        let mistake = |path: &str| {
            let mut out = Vec::new();
            let mut text = TextEncoder::new(&mut out, Encoding::Segments);
            scalar(path, &mut text).unwrap();
            text.check_path(0).unwrap_err().to_string()
        };
        for (path, begin) in [
            ("", "is empty, "),
            ("/", "begins with a slash, "),
            ("//", "begins with a slash, "),
            ("/a", "begins with a slash, "),
            ("/a/", "begins with a slash, "),
            ("a//b", "has two slashes in a row, "),
            ("a//", "has two slashes in a row, "),
            ("a/../b", "is a dot segment, "),
            ("./", "is a dot segment, "),
            ("a/..", "is a dot segment, "),
        ] {
            assert!(mistake(path).starts_with(begin), "{path}: {}", mistake(path));
        }
    }

    #[test]
    fn query_values_never_become_another_pair() {
        let mut random = fastrand::Rng::with_seed(2);
        for _ in 0..100_000 {
            let (name, value) = (format!("n{}", generated(&mut random)), generated(&mut random));
            let mut pairs = Vec::new();
            super::super::query_pairs(&name, &value, &mut pairs).unwrap();
            let query = String::from_utf8(pairs).unwrap();
            assert!(is_one_pair(&query, &name, &value), "{name:?} {value:?}: {query}");
        }
    }
}
