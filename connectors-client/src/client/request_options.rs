//! What a caller can change for one call, or for all calls of a view of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::secret::Secret;
use crate::body::{Progress, ProgressHook};
use crate::encode::random;
use crate::encode::{encoded_key, query_pairs};
use crate::endpoint::Endpoint;
use crate::endpoint::call_settings::PartialSettings;

/// Options of a call: limits, retries, and whatever the declaration has no argument for.
///
/// They beat the client's settings, the endpoint's and the setters. Given twice, they merge by key and the last one
/// wins. A name or value that cannot be sent stays with the options and is the call's
/// [`Build`](crate::ErrorKind::Build) error.
///
/// ```
/// use std::time::Duration;
/// use connectors_client::RequestOptions;
///
/// let options = RequestOptions::new()
///     .timeout(Duration::from_secs(5))
///     .max_retries(0)
///     .header("X-Trace", "abc")
///     .header("X-Client-Name", None) // leaves a default header out
///     .query("preview", true)
///     .body_field("auth_type", "oauth");
/// ```
#[derive(Clone, Default)]
pub struct RequestOptions {
    pub(crate) settings: PartialSettings,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) on_upload: Option<ProgressHook>,
    pub(crate) on_download: Option<ProgressHook>,
    pub(crate) headers: Vec<(HeaderName, Option<HeaderValue>)>,
    pub(crate) query: Vec<QueryOption>,
    pub(crate) body_fields: Vec<(String, String)>,
    /// The first mistake, reported when the call is made.
    pub(crate) mistake: Option<String>,
}

/// Pairs that take the place of all pairs of that name.
#[derive(Clone)]
pub(crate) struct QueryOption {
    /// The name as it is sent.
    pub(crate) key: Vec<u8>,
    /// The pairs as they are sent; empty to remove the argument.
    pub(crate) pairs: Vec<u8>,
}

/// The options of a call: most have none, and carry no room for them.
#[derive(Debug, Default)]
pub(crate) struct CallOptions(pub(crate) Option<Box<RequestOptions>>);

impl std::ops::Deref for CallOptions {
    type Target = RequestOptions;

    fn deref(&self) -> &RequestOptions {
        static NONE: RequestOptions = RequestOptions::new();
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl CallOptions {
    /// Puts the call's idempotency key, if it has one, among the headers, so that it is the same for each attempt: the
    /// caller's, else that of a request that is there already, else a new one.
    pub(crate) fn set_key(&mut self, endpoint: &Endpoint, built: Option<&HeaderMap>) -> Option<String> {
        if endpoint.options.idempotency_key.is_none() && self.idempotency_key.is_none() {
            return None;
        }
        Some(self.0.get_or_insert_default().set_key(endpoint, built))
    }
}

impl RequestOptions {
    /// No options: the call is made as it is declared.
    pub const fn new() -> Self {
        Self {
            settings: PartialSettings::NONE,
            idempotency_key: None,
            on_upload: None,
            on_download: None,
            headers: Vec::new(),
            query: Vec::new(),
            body_fields: Vec::new(),
            mistake: None,
        }
    }

    /// Limits the whole call: all attempts, the waits between them, and the reply's body. The default is the
    /// endpoint's, else the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Limits each attempt. The default is the endpoint's, else the client's.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how often a call is repeated at the most; 0 for a single attempt. The default is the client's.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.settings.max_retries = Some(retries);
        self
    }

    /// Limits the reply's body, in bytes after decompression. The default is the client's.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.max_body = Some(bytes);
        self
    }

    /// Limits the time in which nothing of a stream comes. The default is the endpoint's, else the client's.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = Some(timeout);
        self
    }

    /// Limits an item of a stream, in bytes. The default is the client's.
    pub fn max_event(mut self, bytes: usize) -> Self {
        self.settings.max_item = Some(bytes);
        self
    }

    /// Sends this idempotency key with the call, in place of the one that would be made up; by it the server knows the
    /// repetitions of a call, which therefore may be repeated whatever its verb is. The header is that of the endpoint's
    /// `idempotency_key`, else `Idempotency-Key`.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// Tells of the progress of the request's body, each time a piece of it is handed to the connection. Where a call is
    /// repeated, it begins anew. It must not panic: that breaks the connection.
    ///
    /// ```
    /// use connectors_client::RequestOptions;
    ///
    /// let options = RequestOptions::new().on_upload(|progress| match progress.total {
    ///     Some(total) => println!("{} of {total} bytes", progress.bytes),
    ///     None => println!("{} bytes", progress.bytes),
    /// });
    /// ```
    pub fn on_upload(mut self, watcher: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.on_upload = Some(ProgressHook(Arc::new(watcher)));
        self
    }

    /// Tells of the progress of the reply's body, of a success or an error, each time a piece of it has come. The total is
    /// known where the server says it and the body is not compressed.
    pub fn on_download(mut self, watcher: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.on_download = Some(ProgressHook(Arc::new(watcher)));
        self
    }

    /// Sets a header that is checked already.
    pub(crate) fn set_header(&mut self, name: HeaderName, value: Option<HeaderValue>) {
        replace(&mut self.headers, (name, value), |a, b| a.0 == b.0);
    }

    /// Sends a header in place of any other of that name, or removes it with `None`; of `Accept` and `Accept-Encoding` the
    /// transport's own stay.
    ///
    /// `Content-Length` and `Transfer-Encoding` follow from the body and cannot be set.
    pub fn header<'a>(mut self, name: &str, value: impl Into<HeaderInput<'a>>) -> Self {
        match header(name, value) {
            Ok(header) => replace(&mut self.headers, header, |a, b| a.0 == b.0),
            Err(mistake) => self.fail(mistake),
        }
        self
    }

    /// Sends a query argument in place of the one of that name. A list repeats the name, an object uses brackets
    /// (`name[key]=value`), `None` or null removes it.
    pub fn query(mut self, name: &str, value: impl Serialize) -> Self {
        let mut pairs = Vec::new();
        match query_pairs(name, &value, &mut pairs) {
            Ok(()) => {
                let option = QueryOption { key: encoded_key(name), pairs };
                replace(&mut self.query, option, |a, b| a.key == b.key);
            }
            Err(error) => self.fail(format!("the query argument `{name}` {error}")),
        }
        self
    }

    /// Sets a field of the JSON object that is sent, or makes an object where there is no body. The merge is shallow.
    /// Where the body is something else, the call ends with a [`Build`](crate::ErrorKind::Build) error.
    pub fn body_field(mut self, name: &str, value: impl Serialize) -> Self {
        match serde_json::to_string(&value) {
            Ok(json) => replace(&mut self.body_fields, (name.to_owned(), json), |a, b| a.0 == b.0),
            Err(error) => self.fail(format!("the body field `{name}` is no JSON: {error}")),
        }
        self
    }

    fn set_key(&mut self, endpoint: &Endpoint, built: Option<&HeaderMap>) -> String {
        let own = self.idempotency_key.take();
        let name = HeaderName::from_static(endpoint.options.idempotency_key.unwrap_or("idempotency-key"));
        let text = |value: &HeaderValue| value.to_str().ok().map(str::to_owned);
        let header =
            self.headers.iter().find(|(other, _)| *other == name).and_then(|(_, value)| value.as_ref());
        let there = header.or_else(|| built?.get(&name)).and_then(text);
        let key = own.or(there).unwrap_or_else(random::uuid);
        match header_value(&name, key.as_bytes()) {
            Ok(value) if !key.is_empty() => self.set_header(name, Some(value)),
            Ok(_) => self.fail("the idempotency key is empty".to_owned()),
            Err(mistake) => self.fail(mistake),
        }
        key
    }

    /// The options without those that change the request: it has them already.
    pub(crate) fn without_request_parts(&self) -> Self {
        Self {
            headers: Vec::new(),
            query: Vec::new(),
            body_fields: Vec::new(),
            mistake: None,
            ..self.clone()
        }
    }

    /// These options with `later` over them.
    pub(crate) fn merge(mut self, later: Self) -> Self {
        self.settings = later.settings.or(self.settings);
        self.idempotency_key = later.idempotency_key.or(self.idempotency_key);
        self.on_upload = later.on_upload.or(self.on_upload);
        self.on_download = later.on_download.or(self.on_download);
        later.headers.into_iter().for_each(|header| replace(&mut self.headers, header, |a, b| a.0 == b.0));
        later.query.into_iter().for_each(|query| replace(&mut self.query, query, |a, b| a.key == b.key));
        later
            .body_fields
            .into_iter()
            .for_each(|field| replace(&mut self.body_fields, field, |a, b| a.0 == b.0));
        self.mistake = self.mistake.or(later.mistake);
        self
    }

    fn fail(&mut self, mistake: String) {
        self.mistake.get_or_insert(mistake);
    }
}

/// Puts `item` where its like is, else at the end.
fn replace<T>(items: &mut Vec<T>, item: T, same: impl Fn(&T, &T) -> bool) {
    match items.iter_mut().find(|other| same(other, &item)) {
        Some(place) => *place = item,
        None => items.push(item),
    }
}

/// The name of a header that can be set.
pub(crate) fn header_name(name: &str) -> Result<HeaderName, String> {
    use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
    let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
        return Err(format!("`{}` is not the name of a header", name.escape_debug()));
    };
    if header == CONTENT_LENGTH || header == TRANSFER_ENCODING {
        return Err(format!("the header `{header}` follows from the body and cannot be set"));
    }
    Ok(header)
}

/// A header as it is given, or `None` to leave it out.
pub(crate) fn header<'a>(
    name: &str,
    value: impl Into<HeaderInput<'a>>,
) -> Result<(HeaderName, Option<HeaderValue>), String> {
    let header = header_name(name)?;
    let value = match value.into().0 {
        None => None,
        Some(HeaderText::Value(value)) => Some(value),
        Some(HeaderText::Text(text)) => Some(header_value(&header, text.as_bytes())?),
        Some(HeaderText::Secret(secret)) => {
            let mut value = header_value(&header, secret.expose().as_bytes())?;
            value.set_sensitive(true);
            Some(value)
        }
    };
    let value = value.map(|value| mark(&header, value));
    Ok((header, value))
}

/// A header's value from text: visible ASCII, spaces and tabs (RFC 9110 section 5.5). The value is never shown.
pub(crate) fn header_value(name: &HeaderName, text: &[u8]) -> Result<HeaderValue, String> {
    match HeaderValue::from_bytes(text) {
        Ok(value) if text.is_ascii() => Ok(value),
        _ => Err(format!("the value of the header `{name}` has a character that no header can carry")),
    }
}

/// Marks as sensitive what always is.
pub(crate) fn mark(name: &HeaderName, mut value: HeaderValue) -> HeaderValue {
    use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
    if [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name) {
        value.set_sensitive(true);
    }
    value
}

/// What can be given as a header's value: text, a [`Secret`], a `HeaderValue`, or `None` to leave the header out.
pub struct HeaderInput<'a>(Option<HeaderText<'a>>);

enum HeaderText<'a> {
    Text(std::borrow::Cow<'a, str>),
    Value(HeaderValue),
    Secret(Secret),
}

/// Never shows the value: any text may be a token.
impl fmt::Debug for HeaderInput<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "HeaderInput(..)" } else { "HeaderInput(None)" })
    }
}

impl<'a> From<&'a str> for HeaderInput<'a> {
    fn from(text: &'a str) -> Self {
        Self(Some(HeaderText::Text(text.into())))
    }
}

impl<'a> From<&'a String> for HeaderInput<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for HeaderInput<'_> {
    fn from(text: String) -> Self {
        Self(Some(HeaderText::Text(text.into())))
    }
}

impl From<HeaderValue> for HeaderInput<'_> {
    fn from(value: HeaderValue) -> Self {
        Self(Some(HeaderText::Value(value)))
    }
}

impl From<Secret> for HeaderInput<'_> {
    fn from(secret: Secret) -> Self {
        Self(Some(HeaderText::Secret(secret)))
    }
}

impl From<&HeaderValue> for HeaderInput<'_> {
    fn from(value: &HeaderValue) -> Self {
        value.clone().into()
    }
}

impl<'a> From<std::borrow::Cow<'a, str>> for HeaderInput<'a> {
    fn from(text: std::borrow::Cow<'a, str>) -> Self {
        Self(Some(HeaderText::Text(text)))
    }
}

impl<'a> From<Option<&'a str>> for HeaderInput<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self(text.map(|text| HeaderText::Text(text.into())))
    }
}

/// Shows names, never values.
impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<_> = self.query.iter().map(|query| String::from_utf8_lossy(&query.key)).collect();
        f.debug_struct("RequestOptions")
            .field("settings", &self.settings)
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("query", &query)
            .field("body_fields", &self.body_fields.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
