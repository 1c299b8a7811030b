//! A JSON field with three states: left out, null, or a value.

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A JSON field that can be left out, sent as null, or sent with a value.
///
/// An argument of this type gives the call three setters: `.description("x")`,
/// `.maybe_description(option)` and `.description_null()`. A struct of your own that has such fields
/// needs [`#[skip_unset]`](crate::skip_unset), which leaves unset fields out. Without it an unset
/// field is an error instead of an accidental null:
///
/// ```
/// use connectors_client::{Nullable, skip_unset};
///
/// #[skip_unset]
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Patch {
///     name: Nullable<String>,
/// }
///
/// let json = |name| serde_json::to_string(&Patch { name }).unwrap();
/// assert_eq!(json(Nullable::Unset), "{}");
/// assert_eq!(json(Nullable::Null), r#"{"name":null}"#);
/// assert_eq!(json("x".to_owned().into()), r#"{"name":"x"}"#);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// Left out.
    #[default]
    Unset,
    /// Sent as `null`.
    Null,
    /// Sent with this value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns true if the field is left out; for `skip_serializing_if`.
    pub const fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    /// Returns true if the field is an explicit null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unset | Self::Null => None,
        }
    }

    /// Returns a `Nullable` that borrows the value.
    pub const fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Unset => Nullable::Unset,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// Applies a function to the value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Nullable<U> {
        match self {
            Self::Unset => Nullable::Unset,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(f(value)),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// Leaves `None` out, as everywhere in this crate. An explicit null is [`Nullable::Null`].
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unset, Self::Value)
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unset => Err(S::Error::custom(
                "an unset `Nullable` cannot be serialized: put `#[skip_unset]` on the struct that \
                 has it",
            )),
            Self::Null => serializer.serialize_none(),
            Self::Value(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}
