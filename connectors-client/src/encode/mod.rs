//! Encodes values as text of a path segment, a query pair or a header, and as JSON.
//!
//! Everything but the unreserved characters of RFC 3986 section 2.3 is percent-encoded in paths and
//! queries; in queries a space is `+`, as in forms. So no value can add a segment, a pair or a
//! header.

pub(crate) mod charset;
mod json;
pub(crate) mod list_style;
pub(crate) mod media_type;
mod query;
pub(crate) mod random;
pub(crate) mod rate_limit;
mod scalar;
pub(crate) mod serializer_macros;
mod special_structs;
mod text;

pub(crate) use json::{JsonOrBytes, json, json_or_bytes, json_string};
pub(crate) use query::{pair_name, query_pairs, query_struct};
pub use rate_limit::RateLimit;
pub(crate) use scalar::{check_finite, scalar};
pub(crate) use special_structs::{check_time, is_number, is_tuple, is_u8, is_verbatim};
pub(crate) use text::{Encoding, TextEncoder, encoded_key};

use std::fmt;

/// Reason why a value cannot be sent. It never contains the value itself.
#[derive(Debug)]
pub(crate) struct EncodeError(String);

impl EncodeError {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    pub(crate) fn no_fields() -> Self {
        Self::new("must be a struct or a map, since its fields name those of the body")
    }

    fn not_finite() -> Self {
        Self::new("is not a finite number")
    }

    fn bytes() -> Self {
        Self::new("is bytes, which cannot be sent as text: encode them, as Base64 for example")
    }

    fn list_of_bytes() -> Self {
        Self::new(
            "contains a list of `u8`, and bytes cannot be sent as text: encode them by `#[with(module)]`, in base64 or hexadecimal for example, or send numbers as `CommaSeparated`",
        )
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EncodeError {}

impl serde::ser::Error for EncodeError {
    /// Reports the message of a type's own `Serialize`.
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(format!("cannot be serialized: {message}"))
    }
}
