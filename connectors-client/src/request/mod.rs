//! The arguments of a call: plain data that is independent of the result type.

pub(crate) mod argument;
pub(crate) mod arguments;
mod assemble;
mod built;
pub(crate) mod exposed_secret;
mod form_parts;
pub(crate) mod into_body;
mod json_object;
pub(crate) mod nullable;
mod query_pairs;
mod secrets;
pub(crate) mod with;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::body::Body;
use crate::body::multipart::{self, IntoParts, NamedPart, Part};
use crate::client::authenticate::sent::SentCredentials;
use crate::client::exposed::{self, Exposed};
use crate::client::request_options::RequestOptions;
use crate::encode::{self, EncodeError, Encoding, TextEncoder};
use crate::endpoint::{Endpoint, Format};
use argument::{Argument, HeaderArgument};
pub(crate) use assemble::MAX_HEADER_VALUE;
pub(crate) use built::BuiltFrom;
use into_body::{IntoBody, IntoBodyOf};

/// The arguments of one call, each encoded when it is set.
///
/// One buffer contains the text of all arguments, and each slot has the range of its own. Arguments
/// are sent in the order of the declaration, and setting one twice only costs memory.
///
/// The macro counts slots over the same arguments as the endpoint's parameters, so indexing by a
/// slot cannot fail. Indexing the buffer cannot fail either, since it only grows.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) buffer: Vec<u8>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) options: Option<Box<RequestOptions>>,
    /// URL of a page, which replaces the template.
    pub(crate) link: Option<Box<str>>,
    /// The whole body, if an argument is one.
    pub(crate) body: Option<Arc<Body>>,
    /// Parts of a multipart form, each with its slot.
    pub(crate) parts: Vec<(usize, NamedPart)>,
    /// A complete request, which replaces all arguments.
    pub(crate) built: Option<Arc<http::Request<Body>>>,
    /// The credentials that a scheme of the client has set, and the secrets in headers of attempts.
    pub(crate) credentials: OnceLock<Arc<SentCredentials>>,
    /// The secrets within structs, each with its slot.
    exposed: Option<Box<Exposed>>,
    /// Argument name and reason of the first value that could not be encoded.
    pub(crate) mistake: Option<Box<(&'static str, String)>>,
}

/// State of an argument. A value is a range of the buffer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Unset,
    Null,
    Value {
        start: usize,
        end: usize,
    },
    /// A value that is a secret by its type.
    Secret {
        start: usize,
        end: usize,
    },
    /// A struct or map whose fields are arguments of the query or fields of the body.
    Spread {
        start: usize,
        end: usize,
    },
}

#[cfg(feature = "recorder")]
impl Slot {
    /// Returns the place of the value in the buffer.
    fn range(self) -> Option<std::ops::Range<usize>> {
        match self {
            Self::Value { start, end }
            | Self::Secret { start, end }
            | Self::Spread { start, end } => Some(start..end),
            Self::Unset | Self::Null => None,
        }
    }
}

impl Request {
    pub(crate) fn new(endpoint: &'static Endpoint) -> Self {
        Self {
            endpoint,
            buffer: Vec::with_capacity(32 * endpoint.slots()),
            slots: vec![Slot::Unset; endpoint.slots()],
            options: None,
            link: None,
            body: None,
            parts: Vec::new(),
            built: None,
            credentials: OnceLock::new(),
            exposed: None,
            mistake: None,
        }
    }

    /// Wraps a complete request.
    pub(crate) fn from_built(endpoint: &'static Endpoint, built: http::Request<Body>) -> Self {
        Self { built: Some(Arc::new(built.map(Body::into_replayable))), ..Self::new(endpoint) }
    }

    // Not inlined, so that each is compiled once per argument type instead of once per argument.

    /// Sets an argument of the path: one segment, or a part of one.
    #[inline(never)]
    pub(crate) fn path<T: Argument + ?Sized>(&mut self, slot: usize, value: &T) {
        self.fill(slot, |buffer| path(value.sent(), Encoding::Segment, buffer));
        self.mark_secret::<T>(slot);
    }

    /// Sets the last argument of the path: several segments.
    #[inline(never)]
    pub(crate) fn path_rest<T: Argument + ?Sized>(&mut self, slot: usize, value: &T) {
        self.fill(slot, |buffer| path(value.sent(), Encoding::Segments, buffer));
        self.mark_secret::<T>(slot);
    }

    /// Sets an argument of the query.
    #[inline(never)]
    pub(crate) fn query<T: Argument + ?Sized>(&mut self, slot: usize, value: &T) {
        let name = self.endpoint.wire_name(slot);
        self.fill(slot, |buffer| encode::query_pairs(name, value.sent(), buffer).map(|()| true));
        self.mark_secret::<T>(slot);
    }

    /// Sets a struct or map whose fields are arguments of the query.
    #[inline(never)]
    pub(crate) fn query_rest<T: Argument + ?Sized>(&mut self, slot: usize, value: &T) {
        self.fill(slot, |buffer| encode::query_struct(value.sent(), buffer).map(|()| true));
        self.mark_spread(slot);
    }

    fn mark_spread(&mut self, slot: usize) {
        if let Slot::Value { start, end } = self.slots[slot] {
            self.slots[slot] = Slot::Spread { start, end };
        }
    }

    /// Sets a field of the JSON object.
    #[inline(never)]
    pub(crate) fn field<T: Argument + ?Sized>(&mut self, slot: usize, value: &T) {
        self.fill(slot, |buffer| encode::json(value.sent(), buffer).map(|()| true));
        self.mark_secret::<T>(slot);
    }

    /// Sets a struct or map whose fields are fields of the body.
    #[inline(never)]
    pub(crate) fn field_rest<T: Argument + ?Sized>(&mut self, slot: usize, value: &T) {
        match self.endpoint.options.format {
            Format::Json => self.fill(slot, |buffer| json_fields(value.sent(), buffer)),
            Format::Form => return self.query_rest(slot, value),
            Format::Multipart => match self.watch(slot, || multipart::fields_from(value.sent())) {
                Ok(fields) => self.set_parts(slot, fields),
                Err(error) => self.fail(slot, &error),
            },
        }
        self.mark_spread(slot);
    }

    /// Sets a field of the form.
    #[inline(never)]
    pub(crate) fn form_field<T: Argument + ?Sized>(&mut self, slot: usize, value: &T) {
        self.query(slot, value);
    }

    /// Sets the whole body.
    #[inline(never)]
    pub(crate) fn body<T: IntoBody>(&mut self, slot: usize, value: T) {
        let body = self.watch(slot, || value.into_body());
        self.set_body(slot, body);
    }

    /// Sets the whole body, in the content type that the endpoint declares.
    #[inline(never)]
    pub(crate) fn body_of<const IS_JSON: bool, T: IntoBodyOf<IS_JSON>>(
        &mut self,
        slot: usize,
        value: T,
    ) {
        let body = self.watch(slot, || value.into_body_of());
        self.set_body(slot, body);
    }

    fn set_body(&mut self, slot: usize, body: Body) {
        if let Some(mistake) = body.error() {
            return self.fail(slot, &EncodeError::new(mistake));
        }
        self.body = Some(Arc::new(body.into_replayable()));
        self.slots[slot] = Slot::Value { start: 0, end: 0 };
    }

    /// Sets the parts of a field of the multipart form.
    #[inline(never)]
    pub(crate) fn part<T: IntoParts>(&mut self, slot: usize, value: T) {
        let name = self.endpoint.wire_name(slot);
        let parts = self.watch(slot, || value.into_parts());
        self.set_parts(slot, parts.0.into_iter().map(|part| (name.into(), part)));
    }

    fn set_parts(
        &mut self,
        slot: usize,
        parts: impl IntoIterator<Item = (Cow<'static, str>, Part)>,
    ) {
        self.parts.retain(|(other, _)| *other != slot);
        for (name, part) in parts {
            match part.into_replayable() {
                Ok(part) => self.parts.push((slot, (name, Arc::new(part)))),
                Err(mistake) => self.fail(slot, &EncodeError::new(mistake)),
            }
        }
        self.slots[slot] = Slot::Value { start: 0, end: 0 };
    }

    /// Sets the URL in place of the template.
    #[inline(never)]
    pub(crate) fn url<T: Argument + ?Sized>(&mut self, slot: usize, value: &T) {
        self.fill(slot, |buffer| {
            encode::scalar(value.sent(), &mut TextEncoder::new(buffer, Encoding::Plain))
        });
        self.mark_secret::<T>(slot);
    }

    /// Sets a header.
    #[inline(never)]
    pub(crate) fn header<T: HeaderArgument + ?Sized>(&mut self, slot: usize, value: &T) {
        self.fill(slot, |buffer| value.write(buffer).map_err(EncodeError::new));
        if let (true, Slot::Value { start, end }) = (T::IS_SECRET, self.slots[slot]) {
            self.slots[slot] = Slot::Secret { start, end };
        }
    }

    /// Sets a field to an explicit null.
    pub(crate) fn null(&mut self, slot: usize) {
        self.slots[slot] = Slot::Null;
    }

    /// Leaves an argument out again.
    pub(crate) fn unset(&mut self, slot: usize) {
        self.parts.retain(|(other, _)| *other != slot);
        self.slots[slot] = Slot::Unset;
    }

    /// Merges options over those already given.
    pub(crate) fn options(&mut self, options: RequestOptions) {
        let options = match self.options.take() {
            Some(earlier) => earlier.merge(options),
            None => options,
        };
        self.options = Some(Box::new(options));
    }

    /// Returns the encoded value of a slot.
    pub(crate) fn value(&self, slot: usize) -> Option<&[u8]> {
        match self.slots[slot] {
            Slot::Value { start, end }
            | Slot::Secret { start, end }
            | Slot::Spread { start, end } => Some(&self.buffer[start..end]),
            Slot::Unset | Slot::Null => None,
        }
    }

    /// Returns true if the body is a stream that an attempt has begun to read. Such a request
    /// cannot be sent again. A link is followed without a body.
    pub(crate) fn is_spent(&self) -> bool {
        if self.link.is_some() {
            return false;
        }
        self.body.as_ref().is_some_and(|body| body.is_spent())
            || self.parts.iter().any(|(_, (_, part))| part.is_spent())
            || self.built.as_ref().is_some_and(|built| built.body().is_spent())
    }

    /// Encodes a value at the end of the buffer. The closure returns false if there is none.
    fn fill(
        &mut self,
        slot: usize,
        encode: impl FnOnce(&mut Vec<u8>) -> Result<bool, EncodeError>,
    ) {
        let start = self.buffer.len();
        let (encoded, is_exposed) = exposed::watch(|| encode(&mut self.buffer));
        if is_exposed {
            self.keep_exposed(slot);
        }
        match encoded {
            Ok(true) => self.slots[slot] = Slot::Value { start, end: self.buffer.len() },
            Ok(false) => self.slots[slot] = Slot::Unset,
            Err(error) => self.fail(slot, &error),
        }
    }

    #[cold]
    fn fail(&mut self, slot: usize, error: &EncodeError) {
        let argument = self.endpoint.argument(slot);
        self.mistake.get_or_insert_with(|| Box::new((argument, error.to_string())));
    }
}

/// Writes the fields of a struct or map as a JSON object.
fn json_fields<T: Serialize + ?Sized>(
    value: &T,
    buffer: &mut Vec<u8>,
) -> Result<bool, EncodeError> {
    let start = buffer.len();
    encode::json(value, buffer)?;
    match buffer.get(start) {
        Some(b'{') => Ok(true),
        _ => Err(EncodeError::no_fields()),
    }
}

fn path<T: Serialize + ?Sized>(
    value: &T,
    encoding: Encoding,
    buffer: &mut Vec<u8>,
) -> Result<bool, EncodeError> {
    let start = buffer.len();
    let mut text = TextEncoder::new(buffer, encoding);
    encode::scalar(value, &mut text)?;
    text.check_path(start).map(|()| true)
}

/// Shows which arguments are set, never their values.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = self.slots.iter().enumerate().filter(|(_, value)| **value != Slot::Unset);
        let arguments: Vec<_> = set.map(|(slot, _)| self.endpoint.argument(slot)).collect();
        f.debug_struct("Request")
            .field("endpoint", self.endpoint)
            .field("arguments", &arguments)
            .finish_non_exhaustive()
    }
}
