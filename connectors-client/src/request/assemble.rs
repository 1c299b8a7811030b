//! Assembles the `http::Request` of an attempt from the arguments of a call.
//!
//! Each attempt assembles its own request, so that nothing is copied for a retry that rarely
//! happens.

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_TYPE, RANGE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

use super::arguments::Arguments;
use super::built::{self, BuiltFrom};
use super::query_pairs::Pairs;
use super::{Request, Slot, json_object};
use crate::body::Body;
use crate::client::Shared;
use crate::client::body_field::BodyField;
use crate::client::request_options::{RequestOptions, header_value, mark_sensitive};
use crate::endpoint::{AuthChoice, Endpoint, Format, Location};
use crate::error::Error;
use crate::transport::{AsStored, Attempt};

/// Maximum length of a URL, in bytes.
const MAX_URL: usize = 64 * 1024 - 2;

/// Maximum number of headers of a client, its options and a built request together. A larger
/// `HeaderMap` would panic.
const MAX_HEADERS: usize = 4096;

/// Maximum length of a header value, in bytes.
pub(crate) const MAX_HEADER_VALUE: usize = 64 * 1024;

/// Facts about the headers of a request, from one pass.
#[derive(Default)]
struct HeaderFacts {
    is_secret: bool,
    is_range: bool,
}

impl HeaderFacts {
    fn of(headers: &HeaderMap) -> Result<Self, String> {
        let mut facts = Self::default();
        for (name, value) in headers {
            if value.len() > MAX_HEADER_VALUE {
                return Err(format!(
                    "the value of the header `{name}` has {} bytes, more than the maximum of {MAX_HEADER_VALUE}",
                    value.len()
                ));
            }
            facts.is_secret |= value.is_sensitive();
            facts.is_range |= *name == RANGE;
        }
        Ok(facts)
    }
}

impl Request {
    /// Returns the request of an attempt. Each failure is a `Build` error, before anything is sent.
    pub(crate) fn assemble(
        &self,
        client: &Shared,
        options: &RequestOptions,
        accept: &'static str,
        attempt: u32,
    ) -> Result<http::Request<Body>, Error> {
        self.build(client, options, accept, attempt, false)
            .map_err(|mistake| Error::build(Some(self.endpoint), mistake))
    }

    /// Returns a request that the caller can send any number of times. It carries its body and
    /// limits.
    pub(crate) fn assemble_replayable(
        &self,
        client: &Shared,
        options: &RequestOptions,
        accept: &'static str,
    ) -> Result<http::Request<Body>, Error> {
        let request = self.build(client, options, accept, 1, true);
        let mut request = request.map_err(|mistake| Error::build(Some(self.endpoint), mistake))?;
        request.extensions_mut().insert(BuiltFrom(options.without_request_parts()));
        Ok(request)
    }

    fn build(
        &self,
        client: &Shared,
        options: &RequestOptions,
        accept: &'static str,
        attempt: u32,
        is_replayable: bool,
    ) -> Result<http::Request<Body>, String> {
        self.check(options)?;
        let built = self.built.as_ref().map_or(0, |built| built.headers().len());
        let headers = client.headers.len() + options.headers.len() + built;
        if headers > MAX_HEADERS {
            return Err(format!(
                "the request has {headers} headers, more than the maximum of {MAX_HEADERS}"
            ));
        }
        let mut request = match &self.built {
            Some(built) => built::rebuild(built, client, options, accept)?,
            None => self.build_declared(client, options, accept, is_replayable)?,
        };
        let facts = HeaderFacts::of(request.headers())?;
        let is_secure = client.base.may_carry_secrets() || self.is_elsewhere(client);
        let has_secret_field = options.body_fields.iter().any(|field| !field.secrets.is_empty());
        if (self.has_secret() || facts.is_secret || has_secret_field) && !is_secure {
            return Err(client.base.insecure());
        }
        let is_as_stored = self.endpoint.options.without_decompression;
        if is_as_stored {
            request.extensions_mut().insert(AsStored);
        }
        // A range is one of the stored bytes. A part of a compressed body cannot be decompressed.
        if is_as_stored || facts.is_range {
            request
                .headers_mut()
                .entry(ACCEPT_ENCODING)
                .or_insert(HeaderValue::from_static("identity"));
        }
        if is_replayable || client.transport.reads_extensions() {
            request.extensions_mut().insert(self.endpoint);
            request.extensions_mut().insert(Attempt::new(attempt));
            // A request that was built from a call has its arguments.
            if self.built.is_none() || request.extensions().get::<Arguments>().is_none() {
                request.extensions_mut().insert(Arguments::of(self));
            }
        }
        Ok(request)
    }

    fn build_declared(
        &self,
        client: &Shared,
        options: &RequestOptions,
        accept: &'static str,
        is_replayable: bool,
    ) -> Result<http::Request<Body>, String> {
        // A link to a page is followed by GET, also if the first page came by POST.
        let method = self.endpoint.method();
        let is_followed = self.link.is_some() && method != Method::HEAD;
        let method = if is_followed { Method::GET } else { method };
        let body = if is_followed { None } else { self.content(options, is_replayable)? };
        let content_type = body.as_ref().and_then(|body| self.content_type(body)).transpose()?;
        let is_multipart = self.endpoint.options.format == Format::Multipart;
        let boundary = content_type.clone().filter(|_| is_multipart);
        let headers = self.headers(client, options, accept, content_type)?;
        if boundary.is_some_and(|boundary| headers.get(CONTENT_TYPE) != Some(&boundary)) {
            return Err(
                "the `content-type` of a multipart form contains its boundary and cannot be set"
                    .to_owned(),
            );
        }
        let mut request = http::Request::new(body.unwrap_or_default());
        *request.method_mut() = method;
        *request.uri_mut() = self.uri(client, options)?;
        *request.headers_mut() = headers;
        Ok(request)
    }

    fn check(&self, options: &RequestOptions) -> Result<(), String> {
        if let Some(mistake) = &self.mistake {
            return Err(format!("`{}` {}", mistake.0, mistake.1));
        }
        if let Some(mistake) = &options.mistake {
            return Err(mistake.clone());
        }
        self.endpoint.options.at_most_one.iter().try_for_each(|group| self.check_at_most_one(group))
    }

    fn check_at_most_one(&self, group: &[&'static str]) -> Result<(), String> {
        let is_set = |slot: &usize| !matches!(self.slots[*slot], Slot::Unset | Slot::Null);
        let set = (0..self.slots.len()).filter(is_set).map(|slot| self.endpoint.argument(slot));
        let given: Vec<_> = set
            .filter(|argument| group.contains(argument))
            .map(|argument| format!("`{argument}`"))
            .collect();
        if given.len() > 1 {
            return Err(format!(
                "{} cannot be given together: leave all but one out",
                given.join(" and ")
            ));
        }
        Ok(())
    }

    /// Returns the URL of an attempt, without what a scheme adds to its query.
    pub(crate) fn requested_uri(
        &self,
        client: &Shared,
        options: &RequestOptions,
    ) -> Result<Uri, String> {
        match &self.built {
            Some(built) => built::uri(built, client, options),
            None => self.uri(client, options),
        }
    }

    pub(crate) fn uri(&self, client: &Shared, options: &RequestOptions) -> Result<Uri, String> {
        if let Some(link) = self.link(client) {
            return with_query(&link?, options, Some(self.endpoint));
        }
        let (base, template) = (&client.base, self.endpoint.template());
        let mut url =
            Vec::with_capacity(base.url().as_str().len() + template.len() + self.buffer.len() + 8);
        if template.is_empty() {
            url.extend_from_slice(base.url().as_str().as_bytes());
        } else {
            url.extend_from_slice(base.prefix().as_bytes());
            // The template `/` is the slash itself.
            if template != "/" {
                url.push(b'/');
            }
        }
        for (text, slot) in self.endpoint.path() {
            url.extend_from_slice(text.as_bytes());
            url.extend_from_slice(slot.and_then(|slot| self.value(slot)).unwrap_or_default());
        }
        let path = url.len();
        let mut query = Pairs::new(&mut url, &options.query, Some(b'?'));
        self.push_query(&mut query);
        query.finish();
        if self.endpoint.options.percent_encodes_spaces {
            percent_encode_spaces(&mut url, path);
        }
        checked(url)
    }

    /// Returns the URL that a page or an argument gives, which replaces the template.
    fn link(&self, client: &Shared) -> Option<Result<Uri, String>> {
        if let Some(link) = &self.link {
            let page_mistake = |mistake| format!("the link of the response {mistake}");
            return Some(client.base.link(link).map_err(page_mistake));
        }
        let slot = self.endpoint.slot_in(Location::Url)?;
        let link = String::from_utf8_lossy(self.value(slot)?);
        let argument = self.endpoint.argument(slot);
        Some(client.base.given_link(&link).map_err(|mistake| format!("`{argument}` {mistake}")))
    }

    /// Returns true if an argument is a URL of another origin, where nothing of the client goes.
    pub(crate) fn is_elsewhere(&self, client: &Shared) -> bool {
        // Few clients allow other origins, and each request asks.
        if !client.base.allows_others() || self.link.is_some() {
            return false;
        }
        let url = self.endpoint.slot_in(Location::Url).and_then(|slot| self.value(slot));
        url.is_some_and(|url| client.base.is_elsewhere(&String::from_utf8_lossy(url)))
    }

    fn headers(
        &self,
        client: &Shared,
        options: &RequestOptions,
        accept: &'static str,
        content_type: Option<HeaderValue>,
    ) -> Result<HeaderMap, String> {
        let reads_events = is_event_stream(accept);
        let own = if content_type.is_some() { 5 } else { 3 } + usize::from(reads_events);
        let mut headers = self.header_map(client, options, own);
        // From the weakest source to the strongest.
        headers.insert(ACCEPT, accept_value(self.endpoint.options.accept.unwrap_or(accept))?);
        if reads_events {
            headers.insert(CACHE_CONTROL, NO_STORE);
        }
        let is_elsewhere = self.is_elsewhere(client);
        if !is_elsewhere {
            self.set_client_headers(&mut headers, client);
        }
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, content_type);
        }
        self.set_endpoint_headers(&mut headers, !is_elsewhere)?;
        self.set_argument_headers(&mut headers)?;
        set_options(&mut headers, options);
        Ok(headers)
    }

    /// Returns an empty map that need not grow, since growing hashes all names again. `own` counts
    /// the headers of each request. The transport adds `host`, an encoding and, with a body, a
    /// length.
    fn header_map(&self, client: &Shared, options: &RequestOptions, own: usize) -> HeaderMap {
        let others =
            self.endpoint.options.headers.len() + client.headers.len() + options.headers.len();
        HeaderMap::with_capacity(others + own)
    }

    fn set_client_headers(&self, headers: &mut HeaderMap, client: &Shared) {
        let is_default = self.endpoint.options.auth == AuthChoice::Default;
        for (name, value) in &client.headers {
            if is_default || !value.is_sensitive() {
                headers.insert(name, value.clone());
            }
        }
    }

    fn set_endpoint_headers(
        &self,
        headers: &mut HeaderMap,
        with_secrets: bool,
    ) -> Result<(), String> {
        for header in self.endpoint_headers() {
            let (name, value) = header?;
            // The endpoint's `accept` overrides a header of its trait.
            let is_overridden = name == ACCEPT && self.endpoint.options.accept.is_some();
            if !is_overridden && (with_secrets || !value.is_sensitive()) {
                headers.insert(name, value);
            }
        }
        Ok(())
    }

    fn set_argument_headers(&self, headers: &mut HeaderMap) -> Result<(), String> {
        for header in self.argument_headers() {
            let (name, value) = header?;
            if self.link.is_none() || !is_about_one_request(&name) {
                headers.insert(name, value);
            }
        }
        Ok(())
    }

    /// Returns the headers that the endpoint and its arguments set, without those that are invalid.
    pub(super) fn declared_headers(&self) -> impl Iterator<Item = HeaderValue> {
        let headers = self.endpoint_headers().chain(self.argument_headers());
        headers.filter_map(|header| header.ok().map(|(_, value)| value))
    }

    fn endpoint_headers(&self) -> impl Iterator<Item = Result<(HeaderName, HeaderValue), String>> {
        self.endpoint.options.headers.iter().map(|(name, text)| {
            let name = HeaderName::from_static(name);
            let value = mark_sensitive(&name, header_value(&name, text.as_bytes())?);
            Ok((name, value))
        })
    }

    fn argument_headers(&self) -> impl Iterator<Item = Result<(HeaderName, HeaderValue), String>> {
        let is_header = |location| matches!(location, Location::Header | Location::SecretHeader);
        let headers =
            self.endpoint.located().filter(move |(_, parameter)| is_header(parameter.location));
        headers.filter_map(|(slot, parameter)| {
            let text = self.value(slot)?;
            let is_secret = parameter.location == Location::SecretHeader
                || matches!(self.slots[slot], Slot::Secret { .. });
            Some(argument_header(parameter.name, text, is_secret))
        })
    }

    /// Returns the media type that the endpoint declares, or else the body's own.
    fn content_type(&self, body: &Body) -> Option<Result<HeaderValue, String>> {
        if let Some(declared) = self.endpoint.options.content_type {
            return Some(header_value(&CONTENT_TYPE, declared.as_bytes()));
        }
        match body.content_type()? {
            JSON => Some(Ok(HeaderValue::from_static(JSON))),
            other => Some(header_value(&CONTENT_TYPE, other.as_bytes())),
        }
    }

    /// Returns the body, with the options' fields merged in: one argument, or all fields as a JSON
    /// object or form.
    fn content(
        &self,
        options: &RequestOptions,
        is_replayable: bool,
    ) -> Result<Option<Body>, String> {
        match self.endpoint.options.format {
            Format::Form => return self.form(options),
            Format::Multipart => return self.multipart(options, is_replayable).map(Some),
            Format::Json => {}
        }
        let body = match self.whole_body() {
            Some((_, body)) if is_replayable => body.try_clone(),
            Some((argument, body)) => {
                Some(body.for_attempt().map_err(|mistake| format!("`{argument}` {mistake}"))?)
            }
            None if self.endpoint.slot_in(Location::Field).is_some() => self.object().map(json),
            None => None,
        };
        if options.body_fields.is_empty() {
            return Ok(body);
        }
        merged(body.as_ref(), options).map(Some)
    }

    fn form(&self, options: &RequestOptions) -> Result<Option<Body>, String> {
        let fields: Vec<_> =
            options.body_fields.iter().map(BodyField::pairs).collect::<Result<_, _>>()?;
        let mut form = Vec::with_capacity(self.buffer.len() + self.slots.len());
        let mut pairs = Pairs::new(&mut form, &fields, None);
        self.push_form(&mut pairs);
        pairs.finish();
        if form.is_empty() && self.endpoint.options.omits_empty_body {
            return Ok(None);
        }
        Ok(Some(Body::from(form).with_content_type("application/x-www-form-urlencoded")))
    }

    /// Returns the argument that is the whole body, with its name.
    fn whole_body(&self) -> Option<(&'static str, &Body)> {
        let slot = self.endpoint.slot_in(Location::Body)?;
        let body = self.body.as_deref().filter(|_| self.slots[slot] != Slot::Unset);
        body.map(|body| (self.endpoint.argument(slot), body))
    }

    /// Returns the fields as a JSON object; `None` if there are none and such a body is not sent.
    fn object(&self) -> Option<Vec<u8>> {
        let mut object = Vec::with_capacity(self.buffer.len() + 16 * self.slots.len() + 2);
        object.push(b'{');
        for (slot, parameter) in self.endpoint.located() {
            if parameter.location != Location::Field || self.slots[slot] == Slot::Unset {
                continue;
            }
            match self.spread(slot) {
                None => {
                    let value = self.value(slot).unwrap_or(b"null");
                    json_object::push(&mut object, parameter.name, value);
                }
                Some(fields) => {
                    for (name, value) in &fields {
                        json_object::push(&mut object, name, value);
                    }
                }
            }
        }
        object.push(b'}');
        (object != b"{}" || !self.endpoint.options.omits_empty_body).then_some(object)
    }

    /// Returns the fields of a struct or map that is spread over a JSON object. A field is left out
    /// if an argument sends its name, or an earlier struct or map.
    fn spread(&self, slot: usize) -> Option<Vec<(String, Vec<u8>)>> {
        let is_spread = |slot: usize| matches!(self.slots[slot], Slot::Spread { .. });
        if !is_spread(slot) {
            return None;
        }
        let fields = |slot| json_object::members(self.value(slot).unwrap_or_default());
        let in_body = self.endpoint.located().filter(|(_, own)| own.location == Location::Field);
        let mut sent: Vec<String> = Vec::new();
        for (other, parameter) in in_body {
            match is_spread(other) {
                _ if self.slots[other] == Slot::Unset => {}
                false => sent.push(parameter.name.to_owned()),
                true if other < slot => {
                    sent.extend(fields(other).into_iter().map(|(name, _)| name));
                }
                true => {}
            }
        }
        let mut own = fields(slot);
        own.retain(|(name, _)| !sent.contains(name));
        Some(own)
    }
}

fn argument_header(
    name: &str,
    text: &[u8],
    is_secret: bool,
) -> Result<(HeaderName, HeaderValue), String> {
    // The macro checks the names, so this cannot fail.
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| format!("`{name}` is not the name of a header"))?;
    let mut value = mark_sensitive(&name, header_value(&name, text)?);
    if is_secret {
        value.set_sensitive(true);
    }
    Ok((name, value))
}

/// Returns true for conditions and for the metadata of a body (RFC 9110 sections 8 and 13.1), which
/// mean nothing for a link that is followed later.
fn is_about_one_request(name: &HeaderName) -> bool {
    let name = name.as_str();
    name.starts_with("if-") || name.starts_with("content-")
}

const JSON: &str = "application/json";

fn json(json: Vec<u8>) -> Body {
    Body::from(json).with_content_type(JSON)
}

/// Merges the options' fields into a body that is a JSON object. Without a body they become one.
pub(super) fn merged(body: Option<&Body>, options: &RequestOptions) -> Result<Body, String> {
    let object = body.map_or(Some(&b"{}"[..]), Body::as_bytes);
    let fields: Vec<_> =
        options.body_fields.iter().map(|field| (&*field.name, &*field.json)).collect();
    let merged = object.and_then(|object| json_object::merge(object, &fields));
    merged.map(json).ok_or_else(|| {
        "a body field cannot be merged into a body that is not a JSON object".to_owned()
    })
}

pub(super) fn accept_value(accept: &'static str) -> Result<HeaderValue, String> {
    HeaderValue::from_maybe_shared(Bytes::from_static(accept.as_bytes()))
        .map_err(|_| "the return type's `Accept` is not a valid header value".to_owned())
}

/// An event stream must not come from a cache (HTML standard section 9.2.2).
pub(super) const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Returns true if a return type with this `Accept` reads event streams.
pub(super) fn is_event_stream(accept: &str) -> bool {
    accept.contains("text/event-stream")
}

/// Sets and removes the headers that the options name.
pub(super) fn set_options(headers: &mut HeaderMap, options: &RequestOptions) {
    for (name, value) in &options.headers {
        match value {
            Some(value) => drop(headers.insert(name, value.clone())),
            None => drop(headers.remove(name)),
        }
    }
}

/// Merges the options' query into that of a URL, whose own pairs stay as they are.
pub(super) fn with_query(
    url: &Uri,
    options: &RequestOptions,
    endpoint: Option<&Endpoint>,
) -> Result<Uri, String> {
    let text = url.to_string();
    let (path, query) = text.split_once('?').unwrap_or((&text, ""));
    let mut url = Vec::from(path);
    let mut added = options.query.clone();
    if endpoint.is_some_and(|endpoint| endpoint.options.percent_encodes_spaces) {
        for option in &mut added {
            percent_encode_spaces(&mut option.pairs, 0);
        }
    }
    let mut pairs = Pairs::new(&mut url, &added, Some(b'?'));
    pairs.push(query.as_bytes());
    pairs.finish();
    checked(url)
}

/// Writes the spaces of a query as `%20`. A `+` in it is always a space, since one in a value is
/// `%2B`.
fn percent_encode_spaces(url: &mut Vec<u8>, query: usize) {
    let encoded: Vec<u8> = url.split_off(query);
    for byte in encoded {
        match byte {
            b'+' => url.extend_from_slice(b"%20"),
            byte => url.push(byte),
        }
    }
}

pub(super) fn checked(url: Vec<u8>) -> Result<Uri, String> {
    if url.len() > MAX_URL {
        return Err(format!("the URL has {} bytes, more than the maximum of {MAX_URL}", url.len()));
    }
    Uri::try_from(url).map_err(|error| format!("the URL is invalid: {error}"))
}
