//! Media types (RFC 9110 section 8.3.1): `type/subtype` with parameters. Names are
//! case-insensitive.
//!
//! The parser is our own because the macro needs its answers in constants.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// A media type as it is written in a header or a declaration.
///
/// Parsing never fails: servers send anything. A text that is not a media type has a name that
/// equals no other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MediaType<'a> {
    /// `type/subtype`, without surrounding blanks.
    name: &'a str,
    /// The text after the first `;`.
    parameters: &'a str,
}

impl<'a> MediaType<'a> {
    pub(crate) const fn parse(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut end = 0;
        while end < bytes.len() && bytes[end] != b';' {
            end += 1;
        }
        let (name, rest) = text.split_at(end);
        let parameters = if rest.is_empty() { rest } else { rest.split_at(1).1 };
        Self { name: name.trim_ascii(), parameters }
    }

    /// Reads the `Content-Type` of a response; `None` if there is none, or an empty one.
    pub(crate) fn of(headers: &'a HeaderMap) -> Option<Self> {
        let value = headers.get(CONTENT_TYPE)?;
        let media_type = Self::parse(str::from_utf8(value.as_bytes()).ok()?);
        (!media_type.name.is_empty()).then_some(media_type)
    }

    /// The name as it was written, without parameters.
    pub(crate) const fn name(self) -> &'a str {
        self.name
    }

    /// Returns true if the name is this one, in any case.
    pub(crate) const fn is(self, name: &str) -> bool {
        ends_with(self.name, name) && self.name.len() == name.len()
    }

    /// Returns true for `application/json` and its like, and for a type with the suffix `+json`
    /// (RFC 6839 section 3.1).
    pub(crate) const fn is_json(self) -> bool {
        ends_with(self.name, "/json") || ends_with(self.name, "+json")
    }

    /// Returns true for the names under which servers send lines of JSON.
    pub(crate) fn is_json_lines(self) -> bool {
        const NAMES: [&str; 9] = [
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/x-jsonl",
            "application/jsonlines",
            "application/x-jsonlines",
            "application/json-lines",
            "application/x-json-stream",
            "application/stream+json",
        ];
        NAMES.iter().any(|name| self.is(name))
    }

    /// Returns true for text that is not a page for people.
    pub(crate) fn is_text(self) -> bool {
        self.name.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("text/"))
            && !self.is("text/html")
    }

    /// Returns true if the text is a media type that a header can carry.
    pub(crate) const fn is_valid(text: &str) -> bool {
        let name = MediaType::parse(text).name.as_bytes();
        let (mut i, mut slash) = (0, None);
        while i < name.len() {
            match name[i] {
                b'/' if slash.is_none() => slash = Some(i),
                byte if is_token(byte) => {}
                _ => return false,
            }
            i += 1;
        }
        matches!(slash, Some(slash) if slash > 0 && slash + 1 < name.len()) && is_printable(text)
    }

    /// The value of a parameter, without quotes.
    pub(crate) fn parameter(self, name: &str) -> Option<String> {
        let mut rest = self.parameters;
        loop {
            rest = rest.trim_start_matches([' ', '\t', ';']);
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(['=', ';']).unwrap_or(rest.len());
            let (own, after) = rest.split_at(end);
            let (value, after) = after.strip_prefix('=').map_or((String::new(), after), value);
            if own.trim_ascii().eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = after;
        }
    }
}

/// Reads a parameter's value, a token or a quoted string, and returns the text after it.
fn value(text: &str) -> (String, &str) {
    let text = text.trim_ascii_start();
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, after) = text.split_at(text.find(';').unwrap_or(text.len()));
        return (value.trim_ascii().to_owned(), after);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

/// Compares the end of a text with a lowercase or uppercase one; `str` cannot do this in constants.
const fn ends_with(text: &str, end: &str) -> bool {
    let (text, end) = (text.as_bytes(), end.as_bytes());
    if text.len() < end.len() {
        return false;
    }
    let mut i = 0;
    while i < end.len() {
        if !text[text.len() - end.len() + i].eq_ignore_ascii_case(&end[i]) {
            return false;
        }
        i += 1;
    }
    true
}

/// The characters of a token (RFC 9110 section 5.6.2).
const fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

const fn is_printable(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !matches!(bytes[i], b' '..=b'~') {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::MediaType;

    #[test]
    fn json_is_recognised_in_any_case() {
        for json in [
            "application/json",
            "application/JSON",
            "application/merge-patch+json",
            "text/JSON; charset=utf-8",
            "a/b+Json ;x",
        ] {
            assert!(MediaType::parse(json).is_json(), "{json}");
        }
        for other in [
            "",
            "json",
            "text/plain",
            "application/x-ndjson",
            "application/json-seq",
            "application/jsonl",
            "text/csv; x=/json",
        ] {
            assert!(!MediaType::parse(other).is_json(), "{other}");
        }
    }

    #[test]
    fn names_are_compared_without_case_and_parameters() {
        let form = MediaType::parse(" Application/X-WWW-Form-Urlencoded ; charset=UTF-8");
        assert!(form.is("application/x-www-form-urlencoded"));
        assert!(!form.is("x-www-form-urlencoded") && !form.is("application/json"));
        assert_eq!(form.name(), "Application/X-WWW-Form-Urlencoded");
    }

    #[test]
    fn parameters_are_tokens_or_quoted_strings() {
        let media_type =
            MediaType::parse(r#"text/plain; a="x;charset=no\"" ; Charset = "ISO-8859-1";b"#);
        assert_eq!(media_type.parameter("charset").as_deref(), Some("ISO-8859-1"));
        assert_eq!(media_type.parameter("a").as_deref(), Some(r#"x;charset=no""#));
        assert_eq!(media_type.parameter("b").as_deref(), Some(""));
        assert_eq!(media_type.parameter("c"), None);
        for odd in [
            "text/plain;",
            "text/plain;;",
            "text/plain;charset",
            "text/plain;charset=",
            "a;\"x",
            ";",
        ] {
            assert_eq!(MediaType::parse(odd).parameter("charset").unwrap_or_default(), "", "{odd}");
        }
        let plain = MediaType::parse("text/plain;charset=utf-8;x=1");
        assert_eq!(plain.parameter("CHARSET").as_deref(), Some("utf-8"));
    }

    #[test]
    fn a_valid_type_has_two_tokens() {
        for line in include_str!("media_types.txt").lines() {
            let (kind, text) = line.split_once(' ').unwrap_or((line, ""));
            assert_eq!(MediaType::is_valid(text), kind == "valid", "`{text}`");
        }
        assert!(!MediaType::is_valid("text/csv\n;a"));
    }
}
