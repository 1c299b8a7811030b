//! The options of one call, or of all calls of a client from `with_options`.

use std::fmt;
use std::sync::Arc;
#[cfg(feature = "compression")]
use std::sync::OnceLock;
use std::time::Duration;

#[cfg(feature = "compression")]
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::body_field::BodyField;
use super::secret::Secret;
use crate::body::{Progress, ProgressHook};
use crate::encode::{encoded_key, query_pairs, random};
use crate::endpoint::Endpoint;
#[cfg(feature = "compression")]
use crate::endpoint::call_settings::Compression;
use crate::endpoint::call_settings::PartialSettings;
use crate::retry::retry_on::RetryOn;

/// Options of a call: timeouts, limits, retries, and additions to the request that the endpoint
/// does not declare.
///
/// They override the settings of the client and the endpoint, and the arguments of the call. If
/// options are given twice, they merge, and the last value of each key wins. With a name or value
/// that cannot be sent, the call fails with a [`Build`](crate::ErrorKind::Build) error.
///
/// ```
/// use std::time::Duration;
/// use connectors_client::RequestOptions;
///
/// let options = RequestOptions::new()
///     .timeout(Duration::from_secs(5))
///     .max_retries(0)
///     .header("X-Trace", "abc")
///     .header("X-Client-Name", None) // removes a default header
///     .query("preview", true)
///     .body_field("auth_type", "oauth");
/// ```
#[derive(Clone, Default)]
pub struct RequestOptions {
    pub(crate) settings: PartialSettings,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) retry_on: RetryOn,
    /// The compressed body, which all attempts send.
    #[cfg(feature = "compression")]
    pub(crate) compressed: OnceLock<Bytes>,
    pub(crate) on_upload: Option<ProgressHook>,
    pub(crate) on_download: Option<ProgressHook>,
    pub(crate) headers: Vec<(HeaderName, Option<HeaderValue>)>,
    pub(crate) query: Vec<QueryOption>,
    pub(crate) body_fields: Vec<BodyField>,
    /// The first mistake, reported when the call is made.
    pub(crate) mistake: Option<String>,
}

/// Query pairs that replace all pairs with the same name.
#[derive(Clone)]
pub(crate) struct QueryOption {
    /// The encoded name.
    pub(crate) key: Vec<u8>,
    /// The encoded pairs, empty to remove the argument.
    pub(crate) pairs: Vec<u8>,
}

/// The options of a call. They are boxed, because most calls have none.
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
    /// Adds the call's idempotency key to the headers, if the call has one. All attempts then send
    /// the same key: the caller's, else the one in a built request, else a new one.
    pub(crate) fn set_key(
        &mut self,
        endpoint: &Endpoint,
        built: Option<&HeaderMap>,
    ) -> Option<String> {
        if endpoint.options.idempotency_key.is_none() && self.idempotency_key.is_none() {
            return None;
        }
        self.0.get_or_insert_default().set_key(endpoint, built)
    }
}

impl RequestOptions {
    /// Returns empty options, which change nothing.
    pub const fn new() -> Self {
        Self {
            settings: PartialSettings::NONE,
            idempotency_key: None,
            retry_on: RetryOn::new(),
            #[cfg(feature = "compression")]
            compressed: OnceLock::new(),
            on_upload: None,
            on_download: None,
            headers: Vec::new(),
            query: Vec::new(),
            body_fields: Vec::new(),
            mistake: None,
        }
    }

    /// Sets the timeout of the whole call: all attempts, the waits between them, and the response
    /// body. The default is the endpoint's, else the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Sets the timeout of each attempt. The default is the endpoint's, else the client's.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the maximum number of retries; 0 makes a single attempt. The default is the client's.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.settings.max_retries = Some(retries);
        self
    }

    /// Adds rules for the failures of this call that are retried. They come before those of the
    /// endpoint and of the client. See [`RetryOn`].
    ///
    /// ```
    /// use connectors_client::{RequestOptions, RetryOn};
    ///
    /// let options = RequestOptions::new().retry_on([409, 423]);
    /// let never = RequestOptions::new().retry_on(RetryOn::new().never_status(503));
    /// ```
    pub fn retry_on(mut self, rules: impl Into<RetryOn>) -> Self {
        self.retry_on = self.retry_on.and(rules.into());
        self
    }

    /// Sets the maximum size of the response body, in bytes after decompression. The default is the
    /// client's.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.max_body = Some(bytes);
        self
    }

    /// Sets the maximum time without data from a stream. The default is the endpoint's, else the
    /// client's.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = Some(timeout);
        self
    }

    /// Sets the maximum size of an item of a stream, in bytes. The default is the client's.
    pub fn max_item(mut self, bytes: usize) -> Self {
        self.settings.max_item = Some(bytes);
        self
    }

    /// Compresses the request body, or does not. The default is the endpoint's, else the client's;
    /// see [`ClientBuilder::compress`](crate::ClientBuilder::compress).
    #[cfg(feature = "compression")]
    pub fn compress(mut self, compression: Compression) -> Self {
        self.settings.compress = Some(compression);
        self
    }

    /// Sends this idempotency key with the call, instead of a generated one. It must not be empty.
    /// The header is the one in the endpoint's `idempotency_key`, else `Idempotency-Key`.
    ///
    /// The key lets the server recognise retries, so a call with a key is retried like a GET,
    /// whatever its method.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// Calls a function with the upload progress, each time a chunk of the request body is handed
    /// to the connection. A retry starts again from zero. The function must not panic, since a
    /// panic breaks the connection.
    ///
    /// ```
    /// use connectors_client::RequestOptions;
    ///
    /// let options = RequestOptions::new().on_upload(|progress| match progress.total {
    ///     Some(total) => println!("{} of {total} bytes", progress.bytes),
    ///     None => println!("{} bytes", progress.bytes),
    /// });
    /// ```
    pub fn on_upload(mut self, callback: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.on_upload = Some(ProgressHook(Arc::new(callback)));
        self
    }

    /// Calls a function with the download progress, each time a chunk of the response body arrives.
    /// It is also called for error responses. The total is known if the server sends a
    /// `Content-Length` and the body is not compressed.
    pub fn on_download(mut self, callback: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.on_download = Some(ProgressHook(Arc::new(callback)));
        self
    }

    /// Sets a header that has already been checked.
    pub(crate) fn set_header(&mut self, name: HeaderName, value: Option<HeaderValue>) {
        replace(&mut self.headers, (name, value), |a, b| a.0 == b.0);
    }

    /// Sends a header. It replaces any other with the same name; `None` removes that header. `None`
    /// does not remove the transport's own `Accept` and `Accept-Encoding`.
    ///
    /// `Content-Length` and `Transfer-Encoding` follow from the body and cannot be set.
    pub fn header<'a>(mut self, name: &str, value: impl Into<HeaderArg<'a>>) -> Self {
        match header(name, value) {
            Ok(header) => replace(&mut self.headers, header, |a, b| a.0 == b.0),
            Err(mistake) => self.fail(mistake),
        }
        self
    }

    /// Sends a query argument. It replaces any other with the same name. A list repeats the name,
    /// an object uses brackets (`name[key]=value`), and `None` or null removes the argument.
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

    /// Sets a field of the request body: a field of the JSON object or form, or the parts of a
    /// multipart form. The value is encoded as an argument of the endpoint would be. It replaces
    /// the argument with this name.
    ///
    /// If there is no body, a JSON object is created. The merge is shallow. If the body is not a
    /// form or a JSON object, or the value cannot be sent in it, the call fails with a
    /// [`Build`](crate::ErrorKind::Build) error.
    pub fn body_field(mut self, name: &str, value: impl Serialize) -> Self {
        match BodyField::new(name, &value) {
            Ok(field) => replace(&mut self.body_fields, field, |a, b| a.name == b.name),
            Err(error) => self.fail(format!("the body field `{name}` {error}")),
        }
        self
    }

    fn set_key(&mut self, endpoint: &Endpoint, built: Option<&HeaderMap>) -> Option<String> {
        let own = self.idempotency_key.take();
        let name =
            HeaderName::from_static(endpoint.options.idempotency_key.unwrap_or("idempotency-key"));
        let text = |value: &HeaderValue| value.to_str().ok().map(str::to_owned);
        let header = self
            .headers
            .iter()
            .find(|(other, _)| *other == name)
            .and_then(|(_, value)| value.as_ref());
        let existing = header.or_else(|| built?.get(&name)).and_then(text);
        let key = match own.or(existing).map_or_else(random::uuid, Ok) {
            Ok(key) => key,
            Err(error) => {
                self.fail(format!("the idempotency key cannot be generated: {error}"));
                return None;
            }
        };
        match header_value(&name, key.as_bytes()) {
            Ok(value) if !key.is_empty() => self.set_header(name, Some(value)),
            Ok(_) => self.fail("the idempotency key is empty".to_owned()),
            Err(mistake) => self.fail(mistake),
        }
        Some(key)
    }

    /// Returns these options without the parts that a built request already contains.
    pub(crate) fn without_request_parts(&self) -> Self {
        Self {
            headers: Vec::new(),
            query: Vec::new(),
            body_fields: Vec::new(),
            mistake: None,
            ..self.clone()
        }
    }

    /// Returns these options without all that changes a request, for another origin.
    pub(crate) fn for_another_origin(&self) -> Self {
        let mut options = self.without_request_parts();
        options.settings.compress = None;
        options
    }

    /// Returns these options without headers that are credentials, for another user.
    pub(crate) fn without_credentials(&self) -> Self {
        let mut options = self.without_secrets();
        options.headers.retain(|(name, _)| *name != AUTHORIZATION);
        options
    }

    /// Returns these options without secret headers. A header that is to be removed stays so.
    pub(crate) fn without_secrets(&self) -> Self {
        let mut options = self.clone();
        let is_secret =
            |value: &Option<HeaderValue>| value.as_ref().is_some_and(HeaderValue::is_sensitive);
        options.headers.retain(|(_, value)| !is_secret(value));
        options
    }

    /// Removes the parts of a URL and a body, and the key, before a link of the server is followed.
    pub(crate) fn leave_url_and_body(&mut self) {
        self.query = Vec::new();
        self.body_fields = Vec::new();
        self.idempotency_key = None;
    }

    /// Merges `later` over these options.
    pub(crate) fn merge(mut self, later: Self) -> Self {
        self.settings = later.settings.or(self.settings);
        self.idempotency_key = later.idempotency_key.or(self.idempotency_key);
        self.retry_on = self.retry_on.and(later.retry_on);
        self.on_upload = later.on_upload.or(self.on_upload);
        self.on_download = later.on_download.or(self.on_download);
        later
            .headers
            .into_iter()
            .for_each(|header| replace(&mut self.headers, header, |a, b| a.0 == b.0));
        later
            .query
            .into_iter()
            .for_each(|query| replace(&mut self.query, query, |a, b| a.key == b.key));
        later
            .body_fields
            .into_iter()
            .for_each(|field| replace(&mut self.body_fields, field, |a, b| a.name == b.name));
        self.mistake = self.mistake.or(later.mistake);
        self
    }

    fn fail(&mut self, mistake: String) {
        self.mistake.get_or_insert(mistake);
    }
}

/// Replaces the item with the same key, or appends a new one.
fn replace<T>(items: &mut Vec<T>, item: T, same: impl Fn(&T, &T) -> bool) {
    match items.iter_mut().find(|other| same(other, &item)) {
        Some(other) => *other = item,
        None => items.push(item),
    }
}

/// Parses the name of a header. Returns an error text if it is not valid or cannot be set.
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

/// Checks a header; its value is `None` if the header is to be removed.
pub(crate) fn header<'a>(
    name: &str,
    value: impl Into<HeaderArg<'a>>,
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
    let value = value.map(|value| mark_sensitive(&header, value));
    Ok((header, value))
}

/// Parses a header's value: visible ASCII, spaces and tabs (RFC 9110 section 5.5). The error text
/// never contains the value.
pub(crate) fn header_value(name: &HeaderName, text: &[u8]) -> Result<HeaderValue, String> {
    match HeaderValue::from_bytes(text) {
        Ok(value) if text.is_ascii() => Ok(value),
        _ => Err(format!(
            "the value of the header `{name}` has a character that is not allowed in a header"
        )),
    }
}

/// Marks the value as sensitive if the header always is.
pub(crate) fn mark_sensitive(name: &HeaderName, mut value: HeaderValue) -> HeaderValue {
    use http::header::{COOKIE, PROXY_AUTHORIZATION};
    if [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name) {
        value.set_sensitive(true);
    }
    value
}

/// The value of a header: text, a [`Secret`], a `HeaderValue`, or `None` to remove the header.
pub struct HeaderArg<'a>(Option<HeaderText<'a>>);

enum HeaderText<'a> {
    Text(std::borrow::Cow<'a, str>),
    Value(HeaderValue),
    Secret(Secret),
}

/// Never shows the value, because any text can be a token.
impl fmt::Debug for HeaderArg<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "HeaderArg(..)" } else { "HeaderArg(None)" })
    }
}

impl<'a> From<&'a str> for HeaderArg<'a> {
    fn from(text: &'a str) -> Self {
        Self(Some(HeaderText::Text(text.into())))
    }
}

impl<'a> From<&'a String> for HeaderArg<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for HeaderArg<'_> {
    fn from(text: String) -> Self {
        Self(Some(HeaderText::Text(text.into())))
    }
}

impl From<HeaderValue> for HeaderArg<'_> {
    fn from(value: HeaderValue) -> Self {
        Self(Some(HeaderText::Value(value)))
    }
}

impl From<Secret> for HeaderArg<'_> {
    fn from(secret: Secret) -> Self {
        Self(Some(HeaderText::Secret(secret)))
    }
}

impl From<&HeaderValue> for HeaderArg<'_> {
    fn from(value: &HeaderValue) -> Self {
        value.clone().into()
    }
}

impl<'a> From<std::borrow::Cow<'a, str>> for HeaderArg<'a> {
    fn from(text: std::borrow::Cow<'a, str>) -> Self {
        Self(Some(HeaderText::Text(text)))
    }
}

impl<'a> From<Option<&'a str>> for HeaderArg<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self(text.map(|text| HeaderText::Text(text.into())))
    }
}

/// Shows names, never values.
impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<_> =
            self.query.iter().map(|query| String::from_utf8_lossy(&query.key)).collect();
        f.debug_struct("RequestOptions")
            .field("settings", &self.settings)
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("query", &query)
            .field(
                "body_fields",
                &self.body_fields.iter().map(|field| &field.name).collect::<Vec<_>>(),
            )
            .finish_non_exhaustive()
    }
}
