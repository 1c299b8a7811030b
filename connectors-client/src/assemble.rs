//! From the arguments of a call to the `http::Request` that is sent.
//!
//! Assembling is repeated for each attempt, so that nothing is copied for the sake of a retry that rarely comes.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::body::Body;
use crate::client::Shared;
use crate::encode;
use crate::endpoint::{ParameterKind, PathPart, QueryPart};
use crate::error::Error;
use crate::json_object;
use crate::options::{QueryOption, RequestOptions, header_value, mark};
use crate::request::{Request, Slot};

/// The longest URL that is sent, in bytes.
const MAX_URL: usize = 64 * 1024 - 2;

/// Which attempt of its call a request is, counted from 1. A transport finds it in the extensions of each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt(pub u32);

impl Request {
    /// Builds the request of an attempt; each failure is a `Build` error, found before anything is sent.
    pub(crate) fn assemble(
        &self,
        client: &Shared,
        options: &RequestOptions,
        accept: &'static str,
        attempt: u32,
    ) -> Result<http::Request<Body>, Error> {
        self.check(options).map_err(|mistake| Error::build(Some(self.endpoint), mistake))?;
        self.build(client, options, accept, attempt)
            .map_err(|mistake| Error::build(Some(self.endpoint), mistake))
    }

    fn build(
        &self,
        client: &Shared,
        options: &RequestOptions,
        accept: &'static str,
        attempt: u32,
    ) -> Result<http::Request<Body>, String> {
        let body = self.body_of(options)?;
        let content_type = body.as_ref().map(|_| self.content_type());
        let headers = self.headers(client, options, accept, content_type)?;
        if !client.base.may_carry_secrets() && headers.values().any(HeaderValue::is_sensitive) {
            return Err(client.base.insecure());
        }
        let mut request = http::Request::new(body.map_or_else(Body::empty, Body::from));
        *request.method_mut() = self.endpoint.method();
        *request.uri_mut() = self.uri(client.base.prefix(), options)?;
        *request.headers_mut() = headers;
        request.extensions_mut().insert(self.endpoint);
        request.extensions_mut().insert(Attempt(attempt));
        Ok(request)
    }

    fn check(&self, options: &RequestOptions) -> Result<(), String> {
        if let Some(mistake) = &self.mistake {
            return Err(format!("`{}` {}", mistake.0, mistake.1));
        }
        if let Some(mistake) = &options.mistake {
            return Err(mistake.clone());
        }
        self.endpoint.at_most_one.iter().try_for_each(|group| self.check_at_most_one(group))
    }

    fn check_at_most_one(&self, group: &[&'static str]) -> Result<(), String> {
        let given = self.endpoint.parameters.iter().zip(&self.slots).filter(|(parameter, slot)| {
            matches!(slot, Slot::Value { .. }) && group.contains(&parameter.argument)
        });
        let given: Vec<_> = given.map(|(parameter, _)| format!("`{}`", parameter.argument)).collect();
        if given.len() > 1 {
            return Err(format!("{} cannot be given together: leave all but one out", given.join(" and ")));
        }
        Ok(())
    }

    fn uri(&self, prefix: &str, options: &RequestOptions) -> Result<Uri, String> {
        let mut url =
            Vec::with_capacity(prefix.len() + self.endpoint.template().len() + self.buffer.len() + 8);
        url.extend_from_slice(prefix.as_bytes());
        url.push(b'/');
        for part in self.endpoint.path() {
            match part {
                PathPart::Text(text) => url.extend_from_slice(text.as_bytes()),
                PathPart::Argument(slot) => url.extend_from_slice(self.value(*slot).unwrap_or_default()),
            }
        }
        self.query_string(&mut url, options);
        if url.len() > MAX_URL {
            return Err(format!(
                "the URL has {} bytes, and {MAX_URL} is the most that can be sent",
                url.len()
            ));
        }
        Uri::try_from(url).map_err(|error| format!("the URL is not legal: {error}"))
    }

    fn query_string(&self, url: &mut Vec<u8>, options: &RequestOptions) {
        let mut query = Pairs::new(url, &options.query, Some(b'?'));
        for part in self.endpoint.query() {
            match part {
                QueryPart::Text(text) => query.push(text.as_bytes()),
                QueryPart::Argument(slot) => query.push(self.value(*slot).unwrap_or_default()),
            }
        }
        query.finish();
    }

    fn headers(
        &self,
        client: &Shared,
        options: &RequestOptions,
        accept: &'static str,
        content_type: Option<&'static str>,
    ) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::with_capacity(client.headers.len() + options.headers.len() + 4);
        let accept = self.endpoint.accept.unwrap_or(accept);
        let accept = HeaderValue::from_maybe_shared(Bytes::from_static(accept.as_bytes()))
            .map_err(|_| "the return type's `Accept` is not a legal header value".to_owned())?;
        headers.insert(ACCEPT, accept);
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        for (name, value) in &client.headers {
            if !(self.endpoint.without_auth && value.is_sensitive()) {
                headers.insert(name, value.clone());
            }
        }
        for (slot, parameter) in self.endpoint.parameters.iter().enumerate() {
            if parameter.kind == ParameterKind::Header
                && let Some(text) = self.value(slot)
            {
                // Names are checked by the macro.
                let name = HeaderName::from_bytes(parameter.name.as_bytes())
                    .map_err(|_| format!("`{}` is not the name of a header", parameter.name))?;
                let mut value = mark(&name, header_value(&name, text)?);
                if parameter.is_sensitive {
                    value.set_sensitive(true);
                }
                headers.insert(&name, value);
            }
        }
        for (name, value) in &options.headers {
            match value {
                Some(value) => drop(headers.insert(name, value.clone())),
                None => drop(headers.remove(name)),
            }
        }
        Ok(headers)
    }

    fn content_type(&self) -> &'static str {
        if self.endpoint.is_form { "application/x-www-form-urlencoded" } else { "application/json" }
    }

    /// The body: one whole argument, the object of all fields, or the form of them, with the options' fields merged in.
    fn body_of(&self, options: &RequestOptions) -> Result<Option<Bytes>, String> {
        if self.endpoint.is_form {
            return self.form(options).map(|form| Some(form.into()));
        }
        let body = match self.whole_body() {
            Some(body) => Some(body.to_vec()),
            None if self.endpoint.has_kind(ParameterKind::Field) => Some(self.object()),
            None => None,
        };
        if options.body_fields.is_empty() {
            return Ok(body.map(Bytes::from));
        }
        let merged = json_object::merge(body.as_deref().unwrap_or(b"{}"), &options.body_fields)
            .ok_or("a body field cannot be merged into a body that is not a JSON object")?;
        Ok(Some(merged.into()))
    }

    fn form(&self, options: &RequestOptions) -> Result<Vec<u8>, String> {
        let fields: Vec<_> = options.body_fields.iter().map(form_option).collect::<Result<_, _>>()?;
        let mut form = Vec::with_capacity(self.buffer.len() + self.slots.len());
        let mut pairs = Pairs::new(&mut form, &fields, None);
        for (slot, parameter) in self.endpoint.parameters.iter().enumerate() {
            if parameter.kind == ParameterKind::Field {
                pairs.push(self.value(slot).unwrap_or_default());
            }
        }
        pairs.finish();
        Ok(form)
    }

    fn whole_body(&self) -> Option<&[u8]> {
        let slot =
            self.endpoint.parameters.iter().position(|parameter| parameter.kind == ParameterKind::Body)?;
        self.value(slot)
    }

    fn object(&self) -> Vec<u8> {
        let mut object = Vec::with_capacity(self.buffer.len() + 16 * self.slots.len() + 2);
        object.push(b'{');
        for (slot, parameter) in self.endpoint.parameters.iter().enumerate() {
            if parameter.kind != ParameterKind::Field || self.slots[slot] == Slot::Unset {
                continue;
            }
            json_object::push(&mut object, parameter.name, self.value(slot).unwrap_or(b"null"));
        }
        object.push(b'}');
        object
    }
}

/// A field of the options as pairs of a form.
fn form_option((name, json): &(String, String)) -> Result<QueryOption, String> {
    let value: serde_json::Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let mut pairs = Vec::new();
    encode::query_pairs(name, &value, &mut pairs)
        .map_err(|error| format!("the body field `{name}` {error}"))?;
    Ok(QueryOption { key: encode::encoded_key(name), pairs })
}

/// Writes pairs, each unless an option takes the place of its name.
struct Pairs<'a> {
    out: &'a mut Vec<u8>,
    options: &'a [QueryOption],
    used: Vec<bool>,
    /// What stands before the next pair.
    separator: Option<u8>,
}

impl<'a> Pairs<'a> {
    fn new(out: &'a mut Vec<u8>, options: &'a [QueryOption], separator: Option<u8>) -> Self {
        Self { out, options, used: vec![false; options.len()], separator }
    }

    fn push(&mut self, pairs: &[u8]) {
        if self.options.is_empty() || pairs.is_empty() {
            return self.write(pairs);
        }
        for pair in pairs.split(|byte| *byte == b'&') {
            match self.options.iter().position(|option| names(pair, &option.key)) {
                Some(index) => self.replacement(index),
                None => self.write(pair),
            }
        }
    }

    /// Writes the options that took no other's place.
    fn finish(mut self) {
        (0..self.options.len()).for_each(|index| self.replacement(index));
    }

    fn replacement(&mut self, index: usize) {
        if !std::mem::replace(&mut self.used[index], true) {
            let options = self.options;
            self.write(&options[index].pairs);
        }
    }

    fn write(&mut self, pairs: &[u8]) {
        if !pairs.is_empty() {
            self.out.extend(self.separator.replace(b'&'));
            self.out.extend_from_slice(pairs);
        }
    }
}

/// Whether a pair has this name, or the name followed by a bracket.
fn names(pair: &[u8], key: &[u8]) -> bool {
    pair.strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(b"=") || rest.starts_with(b"%5B"))
}
