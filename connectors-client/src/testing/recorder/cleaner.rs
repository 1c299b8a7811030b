//! Replaces secrets by their name and a number.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::error::secrets;

/// Shorter secrets are replaced only where they are a whole value, since they occur by chance.
pub(super) const MIN_WITHIN: usize = 8;

/// The secrets of a recording.
#[derive(Default)]
pub(super) struct Cleaner {
    known: Vec<Known>,
    /// Last number of each name.
    numbers: BTreeMap<String, usize>,
}

struct Known {
    secret: Vec<u8>,
    placeholder: String,
    /// The texts by which it is found within a longer text. Empty if it is short.
    forms: Vec<Vec<u8>>,
    /// True if it is a secret wherever it is a whole value.
    is_declared: bool,
}

impl Cleaner {
    /// Returns the text in place of a secret. Equal secrets have equal texts.
    pub(super) fn placeholder(&mut self, name: &str, secret: &str) -> String {
        self.learn(name, secret, true)
    }

    /// Returns the text in place of a value that is a secret only here, unless it is long.
    pub(super) fn placeholder_here(&mut self, name: &str, value: &str) -> String {
        self.learn(name, value, false)
    }

    fn learn(&mut self, name: &str, secret: &str, is_declared: bool) -> String {
        if secret.is_empty() {
            return String::new();
        }
        if is_placeholder(secret) {
            self.reserve(secret);
            return secret.to_owned();
        }
        if let Some(known) = self.known.iter_mut().find(|known| known.secret == secret.as_bytes()) {
            known.is_declared |= is_declared;
            return known.placeholder.clone();
        }
        let name = slot_name(name);
        let number = self.numbers.entry(name.clone()).or_default();
        *number += 1;
        let placeholder = format!("{{{name}:{number}}}");
        self.add(secret.as_bytes().to_vec(), placeholder.clone(), is_declared);
        placeholder
    }

    /// Takes a secret whose text is known from a recording.
    pub(super) fn take(&mut self, secret: &str, placeholder: &str) {
        let is_known = self.known.iter().any(|known| known.secret == secret.as_bytes());
        if !secret.is_empty() && !is_placeholder(secret) && !is_known {
            self.reserve(placeholder);
            self.add(secret.as_bytes().to_vec(), placeholder.to_owned(), true);
        }
    }

    fn add(&mut self, secret: Vec<u8>, placeholder: String, is_declared: bool) {
        let forms =
            if secret.len() < MIN_WITHIN { Vec::new() } else { secrets::forms(&secret).collect() };
        self.known.push(Known { secret, placeholder, forms, is_declared });
    }

    /// Replaces an origin whose port differs from run to run.
    pub(super) fn add_origin(&mut self, origin: &str, without_port: &str) {
        if !self.known.iter().any(|known| known.secret == origin.as_bytes()) {
            let (secret, placeholder) = (origin.as_bytes().to_vec(), without_port.to_owned());
            let forms = vec![secret.clone()];
            self.known.push(Known { secret, placeholder, forms, is_declared: false });
        }
    }

    /// Keeps the number of a placeholder from being given to another secret.
    fn reserve(&mut self, placeholder: &str) {
        if let Some((name, number)) = parts(placeholder) {
            let last = self.numbers.entry(name.to_owned()).or_default();
            *last = number.max(*last);
        }
    }

    /// Returns the text in place of a whole value, if that is a secret.
    pub(super) fn whole(&self, value: &str) -> Option<&str> {
        let known = self.known.iter().filter(|known| known.is_declared);
        let mut found = known.filter(|known| known.secret == value.as_bytes());
        found.next().map(|known| known.placeholder.as_str())
    }

    /// Returns true if a secret is too short to be found within a text.
    pub(super) fn has_short(&self) -> bool {
        self.known.iter().any(|known| known.forms.is_empty() && known.is_declared)
    }

    /// Replaces the secrets in a value: all of it, or parts.
    pub(super) fn value(&self, value: &str) -> String {
        match self.whole(value) {
            Some(placeholder) => placeholder.to_owned(),
            None => self.text(value),
        }
    }

    /// Replaces the secrets within a text.
    pub(super) fn text(&self, text: &str) -> String {
        let bytes = self.bytes(text.as_bytes(), &mut []);
        String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// Replaces the secrets within bytes. `marks` are ascending positions and move with the bytes;
    /// a mark within a secret moves to its end.
    pub(super) fn bytes(&self, bytes: &[u8], marks: &mut [usize]) -> Vec<u8> {
        let starts = self.starts();
        let mut clean = Vec::with_capacity(bytes.len());
        let (mut at, mut next) = (0, 0);
        while at < bytes.len() {
            let found = if starts[usize::from(bytes[at])] { self.find(&bytes[at..]) } else { None };
            let (length, replacement) = match found {
                Some((length, placeholder)) => (length, placeholder.as_bytes()),
                None => (1, &bytes[at..=at]),
            };
            while marks.get(next).is_some_and(|mark| *mark <= at) {
                marks[next] = clean.len();
                next += 1;
            }
            clean.extend_from_slice(replacement);
            at += length;
        }
        for mark in &mut marks[next..] {
            *mark = clean.len();
        }
        clean
    }

    /// Returns the bytes with which a form of a secret can begin.
    fn starts(&self) -> [bool; 256] {
        let mut starts = [false; 256];
        for form in self.known.iter().flat_map(|known| &known.forms) {
            starts[usize::from(form[0])] = true;
        }
        if starts.contains(&true) {
            for escape in *b"%\\&+" {
                starts[usize::from(escape)] = true;
            }
        }
        starts
    }

    /// Returns the longest secret at the start of a text.
    fn find(&self, text: &[u8]) -> Option<(usize, &str)> {
        let matches = self.known.iter().flat_map(|known| {
            let lengths = known.forms.iter().filter_map(|form| secrets::find(text, form));
            lengths.map(|length| (length, known.placeholder.as_str()))
        });
        matches.max_by_key(|(length, _)| *length)
    }

    /// Replaces the secrets in a URL. A segment or value that is a secret is replaced whole.
    pub(super) fn url(&self, url: &str) -> String {
        let url = url.split_once('#').map_or(url, |(before, _)| before);
        let (path, query) = match url.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (url, None),
        };
        let segments: Vec<_> = path.split('/').map(|segment| self.encoded(segment)).collect();
        let mut clean = self.text(&segments.join("/"));
        if let Some(query) = query {
            clean.push('?');
            clean.push_str(&self.pairs(query));
        }
        clean
    }

    /// Replaces the secrets in a query or form.
    pub(super) fn pairs(&self, text: &str) -> String {
        let pairs = text.split('&').map(|pair| match pair.split_once('=') {
            Some((name, value)) => format!("{name}={}", self.encoded(value)),
            None => self.encoded(pair),
        });
        self.text(&pairs.collect::<Vec<_>>().join("&"))
    }

    /// Replaces an encoded value if it is a secret.
    fn encoded(&self, text: &str) -> String {
        self.whole(&decoded(text)).unwrap_or(text).to_owned()
    }
}

/// Decodes a name or value of a query or form.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// Returns the name of a slot, in the characters that placeholders have.
fn slot_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let kept = |byte: char| byte.is_ascii_alphanumeric() || matches!(byte, '-' | '_' | '.');
    let name: String = lower.chars().map(|byte| if kept(byte) { byte } else { '-' }).collect();
    if name.is_empty() { "secret".to_owned() } else { name }
}

/// Returns the name and number of a placeholder.
fn parts(text: &str) -> Option<(&str, usize)> {
    let (name, number) = text.strip_prefix('{')?.strip_suffix('}')?.split_once(':')?;
    (!name.is_empty() && slot_name(name) == name).then_some((name, number.parse().ok()?))
}

/// Returns true if the text is a placeholder: `{name:1}`.
pub(super) fn is_placeholder(text: &str) -> bool {
    parts(text).is_some()
}

/// Returns the placeholders of a text, each with its position.
pub(super) fn placeholders(text: &str) -> Vec<(usize, &str)> {
    let starts = text.match_indices('{').map(|(start, _)| start);
    let texts = starts.filter_map(|start| {
        let end = start + text[start..].find('}')? + 1;
        is_placeholder(&text[start..end]).then(|| (start, &text[start..end]))
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_secrets_have_equal_numbers() {
        let mut cleaner = Cleaner::default();
        assert_eq!(cleaner.placeholder("Token", "canary-one"), "{token:1}");
        assert_eq!(cleaner.placeholder("token", "canary-two"), "{token:2}");
        assert_eq!(cleaner.placeholder("key", "canary-one"), "{token:1}");
        assert_eq!(cleaner.placeholder("x y", "short"), "{x-y:1}");
        assert_eq!(cleaner.text("canary-one, canary%2Dtwo, short"), "{token:1}, {token:2}, short");
        assert_eq!(cleaner.value("short"), "{x-y:1}");
        assert_eq!(cleaner.url("/short/a?b=short&c=shorter"), "/{x-y:1}/a?b={x-y:1}&c=shorter");
    }

    #[test]
    fn a_placeholder_stays_and_keeps_its_number() {
        let mut cleaner = Cleaner::default();
        assert_eq!(cleaner.placeholder("any", "{token:7}"), "{token:7}");
        assert_eq!(cleaner.placeholder("token", "canary"), "{token:8}");
        for other in ["{token}", "{:1}", "{Token:1}", "{a:b}", "token:1", "{a b:1}"] {
            assert!(!is_placeholder(other), "{other}");
        }
    }

    #[test]
    fn marks_move_with_the_text() {
        let mut cleaner = Cleaner::default();
        cleaner.placeholder("t", "canary-one");
        let mut marks = [2, 5, 14, 16];
        let clean = cleaner.bytes(b"a canary-one bcd", &mut marks);
        assert_eq!(clean, b"a {t:1} bcd");
        assert_eq!(marks, [2, 7, 9, 11]);
    }
}
