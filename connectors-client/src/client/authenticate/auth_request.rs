//! A request that gets its credentials.

use std::fmt;
use std::time::SystemTime;

use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use url::form_urlencoded::byte_serialize;

use super::AuthError;
#[cfg(feature = "recorder")]
use super::sent::SentInUrl;
use super::sent::{Place, Sent};
use crate::body::Body;
use crate::client::Client;
use crate::client::request_options::{self, HeaderArg};
use crate::client::secret::Secret;
use crate::endpoint::Endpoint;

/// A request that is complete except for its credentials.
///
/// Whatever the caller of an endpoint gives stays: if an argument, an option or the endpoint sets a
/// header, a query pair or a cookie, setting the credential with that name does nothing. A default
/// header of the client is replaced.
pub struct AuthRequest {
    request: http::Request<Body>,
    client: Client,
    endpoint: &'static Endpoint,
    /// Headers that the options of the call remove.
    removed: Vec<HeaderName>,
    /// Headers of the attempt. Like default headers they can be replaced.
    added: Vec<HeaderName>,
    sent: Vec<Sent>,
}

impl AuthRequest {
    pub(crate) fn new(
        request: http::Request<Body>,
        client: Client,
        endpoint: &'static Endpoint,
        removed: Vec<HeaderName>,
        added: Vec<HeaderName>,
    ) -> Self {
        Self { request, client, endpoint, removed, added, sent: Vec::new() }
    }

    /// Returns the request and the credentials in it.
    pub(crate) fn into_parts(self) -> (http::Request<Body>, Vec<Sent>) {
        (self.request, self.sent)
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the endpoint that is called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// Returns the method.
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// Returns the whole URL, with the arguments of the call. After a redirect it is the new one.
    pub fn url(&self) -> &Uri {
        self.request.uri()
    }

    /// Returns the headers, with those of the attempt, such as `traceparent`. The transport adds
    /// `Host`, `Content-Length` and, if the caller sets none, `Accept-Encoding`.
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// Returns the bytes of the body, or `None` if they cannot be seen, because the body is a
    /// stream, a file or a multipart form.
    pub fn body(&self) -> Option<&[u8]> {
        self.request.body().as_bytes()
    }

    /// Returns the time of day of the client's [`Clock`](crate::Clock), for signatures.
    pub fn time(&self) -> SystemTime {
        self.client.shared.clock.system_time()
    }

    /// Returns true if the caller of the endpoint sets or removes this header. Then a scheme need
    /// not obtain a credential for it.
    pub fn has_header(&self, name: &HeaderName) -> bool {
        let headers = &self.client.shared.headers;
        let default = || headers.iter().find(|(other, _)| other == name).map(|(_, value)| value);
        let is_set = self.headers().get(name).is_some_and(|value| Some(value) != default());
        let is_ours = || {
            self.added.contains(name)
                || self.sent.iter().any(|sent| sent.place == Place::Header(name.clone()))
        };
        self.removed.contains(name) || (is_set && !is_ours())
    }

    /// Sets a header. Its value is treated as a secret.
    pub fn set_header<'a>(
        &mut self,
        name: &str,
        value: impl Into<HeaderArg<'a>>,
    ) -> Result<(), AuthError> {
        let (name, value) = request_options::header(name, value).map_err(AuthError::new)?;
        if let Some(value) = value {
            self.put(name, value);
        }
        Ok(())
    }

    /// Sets a checked header.
    pub(crate) fn put(&mut self, name: HeaderName, mut value: HeaderValue) {
        if self.has_header(&name) {
            return;
        }
        value.set_sensitive(true);
        self.record(Place::Header(name.clone()), value.as_bytes().to_vec());
        self.request.headers_mut().insert(name, value);
    }

    /// Adds a query pair to the URL, encoded as the pairs of the endpoint are. Servers and proxies
    /// often log URLs, so prefer a header.
    pub fn set_query(&mut self, name: &str, value: &Secret) -> Result<(), AuthError> {
        let place = Place::Query(name.to_owned());
        let is_percent = self.endpoint.options.percent_encodes_spaces;
        let space = if is_percent { "%20" } else { "+" };
        let encoded =
            |text: &str| byte_serialize(text.as_bytes()).collect::<String>().replace('+', space);
        let name = encoded(name);
        let uri = self.request.uri().to_string();
        let query = self.request.uri().query();
        let names = query.into_iter().flat_map(|query| query.split('&'));
        if names.map(|pair| pair.split('=').next()).any(|other| other == Some(&*name)) {
            return Ok(());
        }
        let separator = if query.is_none() { '?' } else { '&' };
        let url = format!("{uri}{separator}{name}={}", encoded(value.expose()));
        *self.request.uri_mut() =
            url.parse().map_err(|_| AuthError::new("the URL with the credentials is too long"))?;
        #[cfg(feature = "recorder")]
        if let Place::Query(name) = &place {
            let sent = self.request.extensions_mut().get_or_insert_default::<SentInUrl>();
            sent.0.push((name.clone(), value.expose().to_owned()));
        }
        self.record(place, value.expose().as_bytes().to_vec());
        Ok(())
    }

    /// Adds a cookie (RFC 6265 section 4.2).
    pub fn set_cookie(&mut self, name: &str, value: &Secret) -> Result<(), AuthError> {
        let is_octet =
            |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
        let is_name = !name.is_empty() && name.bytes().all(|byte| is_octet(byte) && byte != b'=');
        if !is_name || !value.expose().bytes().all(is_octet) {
            let mistake =
                format!("the cookie `{}` has a character that is not allowed", name.escape_debug());
            return Err(AuthError::new(mistake));
        }
        if self.removed.contains(&COOKIE) {
            return Ok(());
        }
        let pair = format!("{name}={}", value.expose());
        let earlier = self.headers().get(COOKIE).and_then(|value| value.to_str().ok());
        let names = earlier.into_iter().flat_map(|cookies| cookies.split(';'));
        if names.map(|pair| pair.split('=').next()).any(|other| other.map(str::trim) == Some(name))
        {
            return Ok(());
        }
        let cookies = earlier.map_or(pair.clone(), |earlier| format!("{earlier}; {pair}"));
        let mut cookies = HeaderValue::try_from(cookies)?;
        cookies.set_sensitive(true);
        self.request.headers_mut().insert(COOKIE, cookies);
        self.record(Place::Cookie(name.to_owned()), value.expose().as_bytes().to_vec());
        Ok(())
    }

    /// Sets a credential in its place.
    pub(crate) fn set(&mut self, place: &Place, secret: &Secret) -> Result<(), AuthError> {
        match place {
            Place::Header(name) => self.set_header(name.as_str(), secret.clone()),
            Place::Query(name) => self.set_query(name, secret),
            Place::Cookie(name) => self.set_cookie(name, secret),
        }
    }

    fn record(&mut self, place: Place, value: Vec<u8>) {
        self.sent.retain(|sent| sent.place != place);
        self.sent.push(Sent { place, value });
    }
}

/// Shows the endpoint, never the URL or a header.
impl fmt::Debug for AuthRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthRequest").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
