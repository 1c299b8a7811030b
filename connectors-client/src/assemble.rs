//! From the arguments of a call to the `http::Request` that is sent.
//!
//! Assembling is repeated for each attempt, so that nothing is copied for the sake of a retry that rarely comes.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::body::Body;
use crate::client::Shared;
use crate::endpoint::{ParameterKind, PathPart, QueryPart};
use crate::error::Error;
use crate::json_object;
use crate::options::{RequestOptions, header_value, mark};
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
        let body = self.json(options)?;
        let headers = self.headers(client, options, accept, body.is_some())?;
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
        let mut query = QueryString { url, options, used: vec![false; options.query.len()], separator: b'?' };
        for part in self.endpoint.query() {
            match part {
                QueryPart::Text(text) => query.pairs(text.as_bytes()),
                QueryPart::Argument(slot) => {
                    if let Some(pairs) = self.value(*slot) {
                        query.pairs(pairs);
                    }
                }
            }
        }
        for index in 0..options.query.len() {
            query.replacement(index);
        }
    }

    fn headers(
        &self,
        client: &Shared,
        options: &RequestOptions,
        accept: &'static str,
        has_json: bool,
    ) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::with_capacity(client.headers.len() + options.headers.len() + 4);
        let accept = HeaderValue::from_str(accept)
            .map_err(|_| "the return type's `Accept` is not a legal header value".to_owned())?;
        headers.insert(ACCEPT, accept);
        if has_json {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in &client.headers {
            headers.insert(name, value.clone());
        }
        for (slot, parameter) in self.endpoint.parameters.iter().enumerate() {
            if parameter.kind == ParameterKind::Header
                && let Some(text) = self.value(slot)
            {
                // Names are checked by the macro.
                let name = HeaderName::from_bytes(parameter.name.as_bytes())
                    .map_err(|_| format!("`{}` is not the name of a header", parameter.name))?;
                let value = header_value(&name, text)?;
                headers.insert(&name, mark(&name, value));
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

    /// The body: one whole argument, or the object of all fields, with the options' fields merged in.
    fn json(&self, options: &RequestOptions) -> Result<Option<Bytes>, String> {
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

/// Writes pairs, each unless an option takes the place of its name.
struct QueryString<'a> {
    url: &'a mut Vec<u8>,
    options: &'a RequestOptions,
    used: Vec<bool>,
    separator: u8,
}

impl QueryString<'_> {
    fn pairs(&mut self, pairs: &[u8]) {
        if self.options.query.is_empty() {
            return self.push(pairs);
        }
        for pair in pairs.split(|byte| *byte == b'&') {
            match self.options.query.iter().position(|option| names(pair, &option.key)) {
                Some(index) => self.replacement(index),
                None => self.push(pair),
            }
        }
    }

    fn replacement(&mut self, index: usize) {
        if !std::mem::replace(&mut self.used[index], true) {
            let options = self.options;
            self.push(&options.query[index].pairs);
        }
    }

    fn push(&mut self, pairs: &[u8]) {
        if !pairs.is_empty() {
            self.url.push(std::mem::replace(&mut self.separator, b'&'));
            self.url.extend_from_slice(pairs);
        }
    }
}

/// Whether a pair has this name, or the name followed by a bracket.
fn names(pair: &[u8], key: &[u8]) -> bool {
    pair.strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(b"=") || rest.starts_with(b"%5B"))
}
