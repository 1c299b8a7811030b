//! A body of text.

use std::fmt;

use super::{FromResponse, Response};
use crate::body::Body;
use crate::error::Error;
use crate::request::into_body::{IntoBody, IntoBodyOf};

/// A body of text. It must be UTF-8, else the call ends with a `Decode` error.
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
    fn accept() -> &'static str {
        "text/plain, */*;q=0.5"
    }

    fn from_response(response: Response) -> Result<Self, Error> {
        match std::str::from_utf8(response.body()) {
            Ok(text) => Ok(Self(text.to_owned())),
            Err(error) => Err(response.decode_error(format!("the body is not UTF-8 text: {error}"))),
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
