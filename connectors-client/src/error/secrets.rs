//! Masks the secrets of a call in texts that a server wrote.

use std::iter;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use http::HeaderValue;

/// Shorter secrets are not masked: short words occur by chance, and the mask would show where.
const MIN_SECRET: usize = 8;

/// Number of a secret's first bytes that are masked if the text is cut after them.
const MIN_PREFIX: usize = 4;

/// Text in place of a secret.
pub(crate) const MASK: &str = "***";

/// The secrets that a call sends. A server may echo them, so texts of errors mask them.
///
/// A clone costs no allocation. The encoded forms are made only if there is a text to mask.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Option<Arc<[Box<[u8]>]>>);

impl Secrets {
    pub(crate) fn new(secrets: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut kept: Vec<Box<[u8]>> = Vec::new();
        for secret in secrets {
            if secret.len() >= MIN_SECRET && !kept.iter().any(|other| **other == *secret) {
                kept.push(secret.into());
            }
        }
        Self((!kept.is_empty()).then(|| kept.into()))
    }

    /// Returns the secrets in the headers that are marked as sensitive.
    pub(crate) fn of_headers<'a>(values: impl Iterator<Item = &'a HeaderValue>) -> Self {
        Self::new(values.filter(|value| value.is_sensitive()).flat_map(of_header))
    }

    /// Returns these secrets and more.
    pub(crate) fn and(&self, more: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let own = self.0.iter().flat_map(|own| own.iter().map(|secret| secret.to_vec()));
        Self::new(own.chain(more))
    }

    /// Returns the text with each secret masked: as it is, escaped as in URLs, JSON and HTML, or in
    /// Base64. The start of a secret before a `…` is masked too, because the text was cut there.
    pub(crate) fn mask(&self, text: String) -> String {
        let Some(secrets) = &self.0 else { return text };
        let forms: Vec<Vec<u8>> = secrets.iter().flat_map(|secret| forms(secret)).collect();
        let (mut masked, mut kept, mut at) = (String::new(), 0, 0);
        while at < text.len() {
            let rest = &text.as_bytes()[at..];
            let end =
                forms.iter().filter_map(|form| find(rest, form)).max().map(|length| at + length);
            match end.filter(|end| text.is_char_boundary(at) && text.is_char_boundary(*end)) {
                Some(end) => {
                    masked.push_str(&text[kept..at]);
                    masked.push_str(MASK);
                    (kept, at) = (end, end);
                }
                None => at += 1,
            }
        }
        if kept == 0 {
            return text;
        }
        masked.push_str(&text[kept..]);
        masked
    }
}

/// Returns the secrets in a header's value: the credentials after the scheme, also those of its
/// elements, and the password of basic authentication, or its user if there is no password.
pub(crate) fn of_header(value: &HeaderValue) -> impl Iterator<Item = Vec<u8>> {
    let value = value.as_bytes().trim_ascii();
    let credentials = match value.iter().position(|byte| *byte == b' ') {
        Some(end) if !value[..end].iter().any(|byte| matches!(byte, b'=' | b';' | b',')) => {
            value[end..].trim_ascii()
        }
        _ => value,
    };
    let user_and_password =
        STANDARD.decode(credentials).ok().filter(|_| credentials.len() < value.len());
    let password = user_and_password.and_then(|text| {
        let colon = text.iter().position(|byte| *byte == b':')?;
        let (user, password) = (&text[..colon], &text[colon + 1..]);
        Some(if password.is_empty() { user.to_vec() } else { password.to_vec() })
    });
    let elements = credentials.split(|byte| matches!(byte, b' ' | b',' | b';'));
    let elements = elements.filter_map(|element| {
        let equals = element.iter().position(|byte| *byte == b'=')?;
        Some(element[equals + 1..].trim_ascii().to_vec())
    });
    let elements = elements.map(|element| match &*element {
        [b'"', quoted @ .., b'"'] => quoted.to_vec(),
        _ => element,
    });
    iter::once(credentials.to_vec()).chain(password).chain(elements)
}

/// Returns the secret itself and its forms in Base64. Within a longer text, the Base64 depends on
/// the secret's offset, and its first and last character depend on the surrounding bytes.
pub(crate) fn forms(secret: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let encoded = [STANDARD_NO_PAD, URL_SAFE_NO_PAD].into_iter().flat_map(move |engine| {
        (0..3).map(move |offset: usize| {
            let text = engine.encode([&[0; 2][..offset.min(2)], secret].concat());
            let (start, end) = ((offset * 8).div_ceil(6), (offset + secret.len()) * 8 / 6);
            text.as_bytes()[start..end].to_vec()
        })
    });
    iter::once(secret.to_vec()).chain(encoded)
}

/// Returns the length of a form at the start of a text, or of its cut start.
pub(crate) fn find(text: &[u8], form: &[u8]) -> Option<usize> {
    let mut at = 0;
    for (matched, expected) in form.iter().enumerate() {
        let rest = &text[at..];
        at += match rest {
            [byte, ..] if byte == expected => 1,
            [b'+', ..] if *expected == b' ' => 1,
            _ => match unescape(rest) {
                Some((byte, length)) if byte == *expected => length,
                _ => return (matched >= MIN_PREFIX && is_cut(rest)).then_some(at),
            },
        };
    }
    Some(at)
}

/// Reads the escape at the start of a text, as URLs, JSON and HTML have them: the byte, and the
/// length of the escape. JSON within JSON has several backslashes.
fn unescape(text: &[u8]) -> Option<(u8, usize)> {
    let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
    match &text[slashes..] {
        [b'u', b'0', b'0', digits @ ..] if slashes > 0 => {
            Some((number(digits.get(..2)?, 16)?, slashes + 5))
        }
        [byte, ..] if slashes > 0 => Some((*byte, slashes + 1)),
        [b'%', digits @ ..] => Some((number(digits.get(..2)?, 16)?, 3)),
        [b'&', b'#', entity @ ..] => {
            let end = entity.iter().take(6).position(|byte| *byte == b';')?;
            let byte = match &entity[..end] {
                [b'x' | b'X', digits @ ..] => number(digits, 16),
                digits => number(digits, 10),
            };
            Some((byte?, end + 3))
        }
        text if text.starts_with(b"&amp;") => Some((b'&', 5)),
        _ => None,
    }
}

fn number(digits: &[u8], radix: u32) -> Option<u8> {
    u8::from_str_radix(str::from_utf8(digits).ok()?, radix).ok()
}

/// Returns true if a text was cut here, perhaps within an escape.
fn is_cut(rest: &[u8]) -> bool {
    const LONGEST_ESCAPE: usize = 6;
    let is_escape = matches!(rest, [b'%' | b'\\' | b'&', ..]);
    let at = if is_escape { 0..=LONGEST_ESCAPE } else { 0..=0 };
    at.into_iter().any(|at| rest.get(at..).is_some_and(|rest| rest.starts_with("…".as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(secret: &str) -> Secrets {
        Secrets::new([secret.as_bytes().to_vec()])
    }

    fn mask(secret: &str, text: &str) -> String {
        secrets(secret).mask(text.to_owned())
    }

    #[test]
    fn a_secret_is_masked_in_each_form() {
        const SECRET: &str = "canary/1+a=b~c";
        for form in [
            SECRET,
            "canary%2F1%2Ba%3Db~c",
            "canary%2f1+a%3db%7Ec",
            r"canary\/1+a=b~c",
            r"canary\\/1\u002ba\u003Db~c",
            "canary&#x2F;1&#43;a=b~c",
        ] {
            assert_eq!(mask(SECRET, &format!("é{form}é {form}")), "é***é ***", "{form}");
        }
        for before in ["", "u", "u:", "u:v"] {
            for engine in [&STANDARD, &base64::engine::general_purpose::URL_SAFE] {
                let encoded = engine.encode(format!("{before}{SECRET} and more"));
                let masked = mask(SECRET, &encoded);
                assert!(masked.contains(MASK), "{encoded}: {masked}");
                let left =
                    STANDARD_NO_PAD.decode(masked.split(MASK).next().unwrap()).unwrap_or_default();
                assert!(left.len() <= before.len() + 1, "{encoded}: {masked}");
            }
        }
    }

    #[test]
    fn the_start_of_a_secret_that_is_cut_is_masked() {
        const SECRET: &str = "canary/1+a=b~c";
        for cut in ["canar…", "canary%2F1…", "canary%2…", "canary%…", "`canary/1+a=b~…` more"]
        {
            assert!(!mask(SECRET, cut).contains("cana"), "{cut}");
        }
        assert_eq!(mask(SECRET, "can…"), "can…");
        assert_eq!(mask(SECRET, "canary"), "canary");
    }

    #[test]
    fn short_secrets_are_not_masked() {
        assert_eq!(mask("1234567", "a 1234567 b"), "a 1234567 b");
        assert_eq!(mask("12345678", "a 12345678 b"), "a *** b");
        assert_eq!(Secrets::default().mask("text".to_owned()), "text");
    }

    #[test]
    fn the_credentials_of_a_header_are_secret_and_its_scheme_is_not() {
        // `user:canary-password`
        const BASIC: &str = "Basic dXNlcjpjYW5hcnktcGFzc3dvcmQ=";
        fn masked(header: &'static str, text: &str) -> String {
            Secrets::new(of_header(&HeaderValue::from_static(header))).mask(text.to_owned())
        }
        assert_eq!(masked("Bearer canary-token", "Bearer canary-token"), "Bearer ***");
        assert_eq!(masked("Negotiate canary-token", "Negotiate canary-token"), "Negotiate ***");
        assert_eq!(masked("canary-token", "canary-token"), MASK);
        assert_eq!(masked(BASIC, "user:canary-password"), "user:***");
        assert_eq!(masked(BASIC, "dXNlcjpjYW5hcnktcGFzc3dvcmQ="), MASK);
        // `canary-key:`
        assert_eq!(masked("Basic Y2FuYXJ5LWtleTo=", "the canary-key"), "the ***");
        assert_eq!(masked("Token id=\"a\", key=\"canary-token\"", "key canary-token"), "key ***");
        assert_eq!(masked("sid=canary-token; a=b", "sid canary-token, a b"), "sid ***, a b");
    }
}
