//! A position in a list.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The position of a page in a list: the server's cursor or token, the number of an item or a page,
/// or the URL of a page.
///
/// You can save it, as text or by `serde`, and continue later with
/// [`Pages::starting_at`](crate::Pages::starting_at).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(Value);

impl Cursor {
    /// A cursor that cannot be known. No other one is null.
    const UNKNOWN: Self = Self(Value::Null);

    pub(super) fn is_unknown(&self) -> bool {
        self.0.is_null()
    }

    /// Creates a cursor from a value of a response: a string, a number or any other JSON that the
    /// server accepts as a cursor. Returns `None` for null, `false` and a blank string.
    ///
    /// If a value cannot be written as JSON, the list ends with a
    /// [`Decode`](crate::ErrorKind::Decode) error, because its next page cannot be known.
    pub fn from_value<T: Serialize + ?Sized>(value: &T) -> Option<Self> {
        let Ok(value) = serde_json::to_value(value) else { return Some(Self::UNKNOWN) };
        match value {
            Value::Null | Value::Bool(false) => None,
            Value::String(text) if text.trim().is_empty() => None,
            value => Some(Self(value)),
        }
    }

    /// Reads the cursor in a field of an item, for the derive.
    #[doc(hidden)]
    pub fn of_field<T: Serialize>(item: &T, path: &[&str]) -> Option<Self> {
        let Ok(item) = serde_json::to_value(item) else { return Some(Self::UNKNOWN) };
        let field = path.iter().try_fold(&item, |value, name| value.get(name))?;
        Self::from_value(field)
    }

    pub(crate) fn value(&self) -> &Value {
        &self.0
    }

    /// Returns the number, also if it is written as a string.
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

/// Writes a string as it is, and any other value as JSON.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Value::String(text) => f.write_str(text),
            other => other.fmt(f),
        }
    }
}

/// Hides the value, since it may be a URL that contains a secret.
impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor(..)")
    }
}
