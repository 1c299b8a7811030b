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
/// A response is read as UTF-8. With the feature `charset`, it is read in the charset that its
/// `Content-Type` declares, such as `iso-8859-1` or `utf-16`. Text that does not fit ends the call
/// with a `Decode` error. It is sent as UTF-8.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(String);

impl Text {
    /// A body of this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text without copying it.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl FromResponse for Text {
    const NEEDS_BODY: bool = true;

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

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
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
