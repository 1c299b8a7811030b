//! A request and its response, as a recording keeps them.

use std::collections::BTreeMap;

use http::header::{
    AGE, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, DATE, HOST, LINK,
    LOCATION, PROXY_AUTHORIZATION, SET_COOKIE, TRANSFER_ENCODING, USER_AGENT,
};
use http::{HeaderMap, HeaderName};
use serde_json::Value;

use super::cleaner::{Cleaner, MIN_WITHIN, decoded, is_placeholder};
use super::form::{self, Field};
use super::json::{self, Pattern};
use crate::encode::media_type::MediaType;
use crate::error::ErrorKind;
use crate::error::secrets::MASK;

/// A request and its response.
pub(super) struct Entry {
    /// Trait and function, such as `Things::get`. `None` if another program recorded the entry.
    pub(super) endpoint: Option<String>,
    /// Arguments by name, for an endpoint.
    pub(super) arguments: BTreeMap<String, Value>,
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Headers,
    pub(super) body: Content,
    pub(super) response: Answer,
    /// True if the response was replayed.
    pub(super) is_used: bool,
    /// True until the response has ended.
    pub(super) is_open: bool,
}

pub(super) type Headers = Vec<(String, String)>;

/// A body.
#[derive(Clone, Default)]
pub(super) struct Content {
    pub(super) mime: String,
    pub(super) bytes: Vec<u8>,
    /// End of each chunk, if the chunks are kept.
    pub(super) cuts: Option<Vec<usize>>,
    /// The parts of a multipart form, in place of its bytes.
    pub(super) fields: Vec<Field>,
}

/// A response, or the failure in place of it.
#[derive(Clone, Default)]
pub(super) struct Answer {
    /// 0 if there was none.
    pub(super) status: u16,
    pub(super) headers: Headers,
    pub(super) content: Content,
    pub(super) failure: Option<Failure>,
}

/// A failure of the network, perhaps within a response.
#[derive(Clone, Copy)]
pub(super) struct Failure {
    pub(super) kind: ErrorKind,
    pub(super) is_sent: bool,
}

/// Places of secrets.
#[derive(Default)]
pub(super) struct Places {
    /// Places that the caller names.
    pub(super) redacted: Vec<Pattern>,
    /// Places at which a response had a `Secret`, by endpoint.
    pub(super) read: BTreeMap<String, Vec<Pattern>>,
    /// Headers in which a client sends a secret.
    pub(super) headers: Vec<HeaderName>,
}

impl Entry {
    /// Replaces all secrets that are known. A second time it changes nothing.
    pub(super) fn clean(&mut self, cleaner: &mut Cleaner, places: &Places) {
        let is_foreign = self.endpoint.is_none();
        let is_secret = |name: &str, value: &str| {
            let is_known = places.headers.iter().any(|own| name.eq_ignore_ascii_case(own.as_str()));
            is_known || (is_foreign && sounds_secret(name) && !is_count(value))
        };
        learn_headers(&mut self.headers, cleaner, is_secret);
        learn_headers(&mut self.response.headers, cleaner, is_secret);
        self.body.redact(cleaner, &places.redacted);
        self.response.content.redact(cleaner, &places.redacted);
        let read = self.read_places(places);
        self.response.content.redact(cleaner, read);
        self.url = cleaner.url(&self.url);
        for (_, value) in self.headers.iter_mut().chain(&mut self.response.headers) {
            *value = cleaner.value(value);
        }
        self.body.clean(cleaner);
        self.response.content.clean(cleaner);
        self.arguments.values_mut().for_each(|value| clean_value(value, cleaner));
    }

    /// Learns a secret if the entry has it. Returns its places in the response.
    ///
    /// The field that holds it names it, or else `name` does.
    pub(super) fn find_secret(
        &self,
        name: &str,
        secret: &str,
        cleaner: &mut Cleaner,
    ) -> Vec<Pattern> {
        let places = self.response.content.places_of(secret);
        let mut fields = self.body.places_of(secret).into_iter().chain(places.iter().cloned());
        let field = fields.find_map(|place| place.field().map(str::to_owned));
        let header = self.response.headers.iter().find(|(_, value)| value == secret);
        let field = field.or_else(|| header.map(|(name, _)| name.clone()));
        if field.is_some() || !places.is_empty() || self.mentions(secret) {
            cleaner.placeholder(field.as_deref().unwrap_or(name), secret);
        }
        places
    }

    /// Returns true if a long secret occurs in the entry, in any form.
    fn mentions(&self, secret: &str) -> bool {
        let mut only = Cleaner::default();
        only.placeholder("secret", secret);
        let is_in = |bytes: &[u8]| only.bytes(bytes, &mut []) != bytes;
        let headers = self.headers.iter().chain(&self.response.headers);
        let fields = self.body.fields.iter().map(|field| field.bytes.as_slice());
        let bodies = [self.url.as_bytes(), &self.body.bytes, &self.response.content.bytes];
        headers.map(|(_, value)| value.as_bytes()).chain(fields).chain(bodies).any(is_in)
    }

    /// Removes the strings of a response, or of a part of it, that could not be decoded.
    pub(super) fn strip(&mut self, unreadable: &[u8], cleaner: &mut Cleaner, places: &Places) {
        // The part is cleaned as the entry was, so that it is found there.
        let bytes = unreadable.to_vec();
        let mut part = Content { bytes, ..Content::default() };
        part.redact(cleaner, &places.redacted);
        part.redact(cleaner, self.read_places(places));
        part.clean(cleaner);
        let part = String::from_utf8_lossy(&part.bytes);
        if !part.trim_start().starts_with(['{', '[', '"']) {
            return;
        }
        let text = String::from_utf8_lossy(&self.response.content.bytes).into_owned();
        let Some(start) = text.find(&*part) else { return };
        let within = start..start + part.len();
        self.response.content.edit(&text, |leaf| {
            let is_within = leaf.span.start >= within.start && leaf.span.end <= within.end;
            (leaf.is_string && is_within).then(|| match leaf.string(&text) {
                Some(_) => json::quoted(MASK),
                // The text was cut off within the string.
                None => format!("\"{MASK}"),
            })
        });
    }

    /// Returns the places at which responses of this endpoint had a `Secret`.
    fn read_places<'a>(&self, places: &'a Places) -> &'a [Pattern] {
        let read = self.endpoint.as_ref().and_then(|endpoint| places.read.get(endpoint));
        read.map(Vec::as_slice).unwrap_or_default()
    }
}

impl Content {
    /// Returns the places at which the body has this string.
    fn places_of(&self, secret: &str) -> Vec<Pattern> {
        let Some(text) = self.text() else { return Vec::new() };
        let leaves = json::leaves(&text);
        let own = leaves.iter().filter(|leaf| leaf.string(&text).as_deref() == Some(secret));
        own.map(json::Leaf::pattern).collect()
    }

    /// Returns the body as text, if it is some.
    fn text(&self) -> Option<String> {
        str::from_utf8(&self.bytes).ok().filter(|text| !text.is_empty()).map(str::to_owned)
    }

    pub(super) fn is_form(&self) -> bool {
        MediaType::parse(&self.mime).name() == form::URL_ENCODED
    }

    fn edit(&mut self, text: &str, replace: impl FnMut(&json::Leaf) -> Option<String>) {
        let cuts = self.cuts.as_deref_mut().unwrap_or_default();
        self.bytes = json::replaced(text, cuts, replace).into_bytes();
    }

    /// Replaces the values at these places.
    fn redact(&mut self, cleaner: &mut Cleaner, places: &[Pattern]) {
        if places.is_empty() {
            return;
        }
        for field in &mut self.fields {
            if field.is_at(places)
                && let Ok(text) = str::from_utf8(&field.bytes)
            {
                field.bytes = cleaner.placeholder(&field.name, text).into_bytes();
            }
        }
        let Some(text) = self.text() else { return };
        if self.is_form() {
            for (name, value) in form::pairs(&text) {
                if places.iter().any(|place| place.holds_pointer(&form::pointer(&name))) {
                    cleaner.placeholder(&name, &value);
                }
            }
            return;
        }
        self.edit(&text, |leaf| {
            places.iter().any(|place| place.holds(leaf)).then_some(())?;
            Some(match leaf.string(&text) {
                Some(secret) => {
                    let name = leaf.field().unwrap_or_default();
                    json::quoted(&cleaner.placeholder(name, &secret))
                }
                None => hidden(&text[leaf.span.clone()]).to_owned(),
            })
        });
    }

    fn clean(&mut self, cleaner: &Cleaner) {
        for field in &mut self.fields {
            field.clean(cleaner);
        }
        let text = self.text();
        if let Some(text) = text.as_deref().filter(|_| self.is_form()) {
            self.bytes = cleaner.pairs(text).into_bytes();
            return;
        }
        if let Some(text) = text.filter(|_| cleaner.has_short()) {
            self.edit(&text, |leaf| Some(json::quoted(cleaner.whole(&leaf.string(&text)?)?)));
        }
        let cuts = self.cuts.as_deref_mut().unwrap_or_default();
        self.bytes = cleaner.bytes(&self.bytes, cuts);
    }
}

/// Returns a value of the same type that says nothing.
fn hidden(scalar: &str) -> &str {
    match scalar.as_bytes().first() {
        Some(b't' | b'f') => "false",
        Some(b'n') => "null",
        _ => "0",
    }
}

fn clean_value(value: &mut Value, cleaner: &Cleaner) {
    match value {
        Value::String(text) => *text = cleaner.value(text),
        Value::Array(items) => items.iter_mut().for_each(|item| clean_value(item, cleaner)),
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| clean_value(field, cleaner));
        }
        _ => {}
    }
}

/// Headers that say nothing about the API, or differ from run to run.
const LEFT_OUT: [HeaderName; 8] = [
    AGE,
    CONNECTION,
    CONTENT_LENGTH,
    DATE,
    HOST,
    TRANSFER_ENCODING,
    USER_AGENT,
    HeaderName::from_static("keep-alive"),
];

/// Returns true if a recording has headers of this name.
pub(super) fn is_kept(name: &str, is_head: bool) -> bool {
    let name = HeaderName::from_bytes(name.as_bytes());
    name.is_ok_and(|name| !LEFT_OUT.contains(&name) || (is_head && name == CONTENT_LENGTH))
}

/// Returns the headers that a recording has. Headers that are marked as sensitive are replaced.
///
/// The length of a body is left out, unless it tells of a body that is not there.
pub(super) fn headers_of(headers: &HeaderMap, is_head: bool, cleaner: &mut Cleaner) -> Headers {
    let is_length = |name: &HeaderName| is_head && *name == CONTENT_LENGTH;
    let kept = headers.iter().filter(|(name, _)| !LEFT_OUT.contains(name) || is_length(name));
    let texts = kept.map(|(name, value)| {
        let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let text =
            if value.is_sensitive() { credentials(name.as_str(), &text, cleaner) } else { text };
        (name.as_str().to_owned(), text)
    });
    texts.collect()
}

/// Shorter elements of credentials are not looked for elsewhere.
const MIN_ELEMENT: usize = 4;

/// The header by which a server recognises a retry. Its value is random.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Words by which the name of a header tells that it has a secret. Another program does not say
/// which headers have one.
const SECRET_WORDS: [&str; 8] =
    ["api-key", "apikey", "credential", "password", "secret", "session", "token", "x-auth"];

fn sounds_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// Returns true for numbers such as that of `x-ratelimit-limit-tokens`.
fn is_count(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Replaces the values of headers that are or have secrets.
fn learn_headers(
    headers: &mut Headers,
    cleaner: &mut Cleaner,
    is_secret: impl Fn(&str, &str) -> bool,
) {
    for (name, value) in headers {
        let is = |other: HeaderName| name.eq_ignore_ascii_case(other.as_str());
        *value = if is(AUTHORIZATION) || is(PROXY_AUTHORIZATION) {
            credentials(name, value, cleaner)
        } else if is(COOKIE) {
            let pairs: Vec<_> = value.split(';').map(|pair| cookie(pair.trim(), cleaner)).collect();
            pairs.join("; ")
        } else if is(SET_COOKIE) {
            set_cookie(value, cleaner)
        } else if is(LINK) {
            links(value, cleaner)
        } else if is(LOCATION) {
            location(value, cleaner, 0)
        } else if is_link(value) {
            location(value, cleaner, MIN_WITHIN)
        } else if name.eq_ignore_ascii_case(IDEMPOTENCY_KEY) {
            cleaner.placeholder(IDEMPOTENCY_KEY, value)
        } else if is_secret(name, value) {
            credentials(name, value, cleaner)
        } else {
            continue;
        };
    }
}

/// Replaces the credentials of a header, but not its scheme.
fn credentials(name: &str, value: &str, cleaner: &mut Cleaner) -> String {
    if name.eq_ignore_ascii_case(COOKIE.as_str()) {
        return value.to_owned();
    }
    let Ok(header) = http::HeaderValue::from_str(value) else { return MASK.to_owned() };
    let mut secrets = crate::error::secrets::of_header(&header).map(|bytes| into_text(&bytes));
    let Some(whole) = secrets.next() else { return MASK.to_owned() };
    let placeholder = cleaner.placeholder(name, &whole);
    for secret in secrets.filter(|secret| secret.len() >= MIN_ELEMENT) {
        cleaner.placeholder_here("password", &secret);
    }
    let scheme = value.trim().strip_suffix(&whole).unwrap_or_default();
    format!("{scheme}{placeholder}")
}

fn into_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn cookie(pair: &str, cleaner: &mut Cleaner) -> String {
    match pair.split_once('=') {
        Some((name, value)) => {
            let value = value.trim().trim_matches('"');
            format!("{name}={}", cleaner.placeholder_here(name, value))
        }
        None => pair.to_owned(),
    }
}

/// Replaces the value of a cookie. A date would differ from run to run, so it is left out.
fn set_cookie(value: &str, cleaner: &mut Cleaner) -> String {
    let mut parts = value.split(';').map(str::trim);
    let first = cookie(parts.next().unwrap_or_default(), cleaner);
    let is_date = |part: &&str| part.to_ascii_lowercase().starts_with("expires=");
    let rest = parts.filter(|part| !is_date(part)).map(str::to_owned);
    std::iter::once(first).chain(rest).collect::<Vec<_>>().join("; ")
}

/// Returns true if a value is a URL with a query, such as that of `Operation-Location`. The query
/// may have a signature.
fn is_link(value: &str) -> bool {
    let is_url = ["https://", "http://", "/"].iter().any(|start| value.starts_with(start));
    is_url && value.contains('?') && !value.contains(char::is_whitespace)
}

/// Replaces the values of the queries of a `Link` header (RFC 8288 section 3). Short ones stay: they
/// are numbers of pages more often than secrets.
fn links(value: &str, cleaner: &mut Cleaner) -> String {
    let parts = value.split_inclusive('>').map(|part| match part.split_once('<') {
        Some((before, url)) => format!("{before}<{}", location(url, cleaner, MIN_WITHIN)),
        None => part.to_owned(),
    });
    parts.collect()
}

/// Characters at which a part of a query or fragment ends. `>` ends a URL in a `Link` header.
const ENDS: [char; 4] = ['?', '#', '&', '>'];

/// Replaces the values of a URL's query and fragment, from a length on.
fn location(value: &str, cleaner: &mut Cleaner, from: usize) -> String {
    let mut replaced = |name: &str, value: &str| {
        let text = decoded(value);
        let stays = text.len() < from && !is_placeholder(&text);
        if stays { value.to_owned() } else { cleaner.placeholder_here(name, &text) }
    };
    let end = value.find(['?', '#']).unwrap_or(value.len());
    let (path, rest) = value.split_at(end);
    let mut clean = String::new();
    for part in rest.split_inclusive(ENDS) {
        let (pair, separator) = part.split_at(part.trim_end_matches(ENDS).len());
        match pair.split_once('=') {
            Some((name, value)) => {
                clean.push_str(name);
                clean.push('=');
                clean.push_str(&replaced(name, value));
            }
            None if pair.is_empty() => {}
            None => clean.push_str(&replaced("location", pair)),
        }
        clean.push_str(separator);
    }
    cleaner.text(path) + &clean
}

/// Returns the media type of a body.
pub(super) fn mime_of(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    value.unwrap_or_default().into_owned()
}
