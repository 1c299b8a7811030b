//! A place in a list.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A place in a list: where a page begins. It is what the server calls its cursor or token, the number of an item or of a
/// page, or the URL of a page.
///
/// It can be saved, as text or by `serde`, and gone on from by [`Pages::starting_at`](crate::Pages::starting_at).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(Value);

impl Cursor {
    /// The cursor in a value of a reply: a text or number, or whatever JSON the server takes back. Null, `false` and the
    /// empty text are none.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Option<Self> {
        match serde_json::to_value(value).ok()? {
            Value::Null | Value::Bool(false) => None,
            Value::String(text) if text.trim().is_empty() => None,
            value => Some(Self(value)),
        }
    }

    pub(crate) fn value(&self) -> &Value {
        &self.0
    }

    /// The number, also where it is written as text.
    pub(crate) fn number(&self) -> Option<u64> {
        match &self.0 {
            Value::String(text) => text.parse().ok(),
            value => value.as_u64(),
        }
    }
}

impl From<&str> for Cursor {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Self(Value::String(text))
    }
}

impl From<u64> for Cursor {
    fn from(number: u64) -> Self {
        Self(number.into())
    }
}

/// A text as it is, all else as JSON.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Value::String(text) => f.write_str(text),
            other => other.fmt(f),
        }
    }
}

/// Does not show the place: it may be a URL with a secret in it.
impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor(..)")
    }
}
