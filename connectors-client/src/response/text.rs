//! A body of text.

use std::borrow::Cow;
use std::fmt;

use super::{FromResponse, Response};
use crate::body::Body;
use crate::encode::charset;
use crate::encode::media_type::MediaType;
use crate::error::Error;
use crate::request::into_body::{IntoBody, IntoBodyOf};

/// A body of text.
///
/// A response is read as UTF-8. With the feature `charset`, it is read in the charset that its `Content-Type` declares,
/// such as `iso-8859-1` or `utf-16`. Text that does not fit ends the call with a `Decode` error. It is sent as UTF-8.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(pub String);

impl FromResponse for Text {
    fn accept() -> &'static str {
        "text/plain, */*;q=0.5"
    }

    fn from_response(response: Response) -> Result<Self, Error> {
        let decoded = charset::decode(response.body(), MediaType::of(response.headers()));
        match decoded.map(Cow::into_owned) {
            Ok(text) => Ok(Self(text)),
            Err(problem) => Err(response.decode_error(problem)),
        }
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl std::ops::Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl IntoBody for Text {
    fn into_body(self) -> Body {
        Body::from(self.0).with_content_type("text/plain; charset=utf-8")
    }
}

impl IntoBody for &Text {
    fn into_body(self) -> Body {
        self.clone().into_body()
    }
}

#[diagnostic::do_not_recommend]
impl IntoBodyOf<false> for Text {
    fn into_body_of(self) -> Body {
        Body::from(self.0)
    }
}

#[diagnostic::do_not_recommend]
impl IntoBodyOf<false> for &Text {
    fn into_body_of(self) -> Body {
        self.clone().into_body_of()
    }
}
