//! Converts an argument with `#[body]` into the request body.

use std::borrow::Cow;

use bytes::Bytes;
use serde::Serialize;

use crate::body::Body;
use crate::encode::media_type::MediaType;
use crate::encode::{JsonOrBytes, json_or_bytes};

/// A type that an argument with `#[body]` can have.
///
/// A [`Serialize`] type is sent as JSON, except for [`Bytes`](bytes::Bytes), which are sent
/// unchanged (`application/octet-stream`). [`Text`](crate::Text) is sent as `text/plain;
/// charset=utf-8`, [`JsonLines`](crate::JsonLines) as lines of JSON, and [`Body`] unchanged; a
/// `Body` can also be a file or a stream. Implement the trait for a format of your own:
///
/// ```
/// use connectors_client::{Body, IntoBody};
///
/// struct Table(Vec<(String, u32)>);
///
/// impl IntoBody for &Table {
///     fn into_body(self) -> Body {
///         let rows: Vec<_> = self.0.iter().map(|(name, count)| format!("{name},{count}\r\n")).collect();
///         Body::from(rows.concat()).with_content_type("text/csv")
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a body",
    label = "this type cannot be sent",
    note = "derive `serde::Serialize` for it to send JSON, or take `bytes::Bytes`, `connectors_client::Text` or `connectors_client::Body`"
)]
pub trait IntoBody {
    /// Returns the body, with its media type. The attribute's `content_type` and a header of the
    /// call's options override that type.
    fn into_body(self) -> Body;
}

impl<T: Serialize> IntoBody for T {
    fn into_body(self) -> Body {
        match json_or_bytes(&self) {
            Ok(JsonOrBytes::Json(json)) => Body::from(json).with_content_type("application/json"),
            Ok(JsonOrBytes::Bytes(bytes)) => {
                Body::from(bytes).with_content_type("application/octet-stream")
            }
            Err(error) => Body::mistake(error.to_string()),
        }
    }
}

impl IntoBody for Body {
    fn into_body(self) -> Body {
        self
    }
}

/// A type that `#[body(content_type = "..")]` can have: any [`Serialize`] type for a JSON media
/// type, and text, bytes or a body for another one.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent in the content type of this body",
    label = "this type cannot be sent so",
    note = "a JSON media type takes a type that derives `serde::Serialize`; any other media type takes `&str`, `&[u8]`, `String`, `Vec<u8>`, `bytes::Bytes` or `connectors_client::Body`"
)]
pub trait IntoBodyOf<const IS_JSON: bool> {
    fn into_body_of(self) -> Body;
}

impl<T: Serialize> IntoBodyOf<true> for T {
    fn into_body_of(self) -> Body {
        Body::json(&self)
    }
}

impl IntoBodyOf<true> for Body {
    fn into_body_of(self) -> Body {
        self
    }
}

macro_rules! as_they_are {
    ($($type:ty: |$value:ident| $body:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoBodyOf<false> for $type {
            fn into_body_of(self) -> Body {
                let $value = self;
                Body::from($body)
            }
        }
    )*};
}

as_they_are! {
    Body: |body| body;
    Bytes: |bytes| bytes;
    &Bytes: |bytes| bytes.clone();
    Vec<u8>: |bytes| bytes;
    &Vec<u8>: |bytes| bytes.clone();
    &[u8]: |bytes| bytes.to_vec();
    Cow<'_, [u8]>: |bytes| bytes.into_owned();
    String: |text| text;
    &String: |text| text.clone();
    &str: |text| text.to_owned();
    Cow<'_, str>: |text| text.into_owned();
}

#[diagnostic::do_not_recommend]
impl<const N: usize> IntoBodyOf<false> for [u8; N] {
    fn into_body_of(self) -> Body {
        Body::from(self.to_vec())
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> IntoBodyOf<false> for &[u8; N] {
    fn into_body_of(self) -> Body {
        Body::from(self.to_vec())
    }
}

/// Returns true if a media type is JSON: `application/json`, or one with the suffix `+json`.
#[doc(hidden)]
pub const fn is_json(content_type: &str) -> bool {
    MediaType::parse(content_type).is_json()
}
