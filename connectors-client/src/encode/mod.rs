//! How a value becomes text of a path segment, a query pair or a header.
//!
//! Everything but the unreserved characters of RFC 3986 section 2.3 is percent-encoded, in paths and in queries alike;
//! in queries a space is `+`, as forms have it. So no value can add a segment, a pair or a header.

pub(crate) mod charset;
mod json;
pub(crate) mod list_style;
pub(crate) mod media_type;
mod query;
pub(crate) mod random;
mod scalar;
mod text;

pub(crate) use json::{JsonOrBytes, json_or_bytes};
pub(crate) use query::{query_pairs, query_struct};
pub(crate) use scalar::scalar;
pub(crate) use text::{Encoding, Text, encoded_key};

use std::fmt;

/// Why a value cannot be sent; says nothing of the value itself.
#[derive(Debug)]
pub(crate) struct EncodeError(String);

impl EncodeError {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EncodeError {}

impl serde::ser::Error for EncodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}
