//! Functions that `#[derive(OpenUnion)]` calls: they read an object once, find its tag, and write
//! objects with their tags.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize as _, DeserializeOwned, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Error, Value};

use super::is_none::IsNone;
use super::tagged_serializer::TaggedSerializer;
use crate::error::{DOES_NOT_FIT, HAS_NO_FIELD, TAGGED};

/// A type that a variant can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an object",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it; it may borrow nothing"
)]
pub trait FromObject: Sized {
    /// Reads the content of an object that has this tag.
    fn of(object: Tagged, tag: &'static str) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromObject for T {
    fn of(object: Tagged, tag: &'static str) -> Result<Self, Error> {
        let (content, missing) = object.into_content();
        T::deserialize(content).map_err(|error| match missing {
            Some(field) => Error::custom(format_args!("{TAGGED}{tag}{HAS_NO_FIELD}{field}`")),
            None => Error::custom(format_args!("{TAGGED}{tag}{DOES_NOT_FIT}{error}")),
        })
    }
}

/// A type that a variant without a tag can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an object",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it; it may borrow nothing"
)]
pub trait FromUntagged: Sized {
    /// Reads an object without a known tag, if it fits.
    fn of(object: &Tagged) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromUntagged for T {
    fn of(object: &Tagged) -> Option<Self> {
        // serde reads a struct from a list too.
        object.value.is_object().then(|| T::deserialize(&object.value).ok()).flatten()
    }
}

/// A type that can keep an unknown object.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep an unknown object",
    label = "write `serde_json::Value` here",
    note = "the type must be `From<serde_json::Value>`, since an unknown value has any shape"
)]
pub trait UnknownObject {
    /// Keeps a value.
    fn of(object: Tagged) -> Self;
}

// A type that does not fit is one error, not one per bound.
#[diagnostic::do_not_recommend]
impl<T: From<Value>> UnknownObject for T {
    fn of(object: Tagged) -> Self {
        object.value.into()
    }
}

/// The content of a variant that is sent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent, so the union that holds it cannot be sent either",
    label = "this is sent, or holds a union that is sent",
    note = "derive `serde::Serialize` for `{Self}`; `OpenUnion` writes the union itself"
)]
pub trait ToObject: Serialize {}

#[diagnostic::do_not_recommend]
impl<T: Serialize> ToObject for T {}

/// A value that may be an object with a tag.
#[derive(Debug)]
pub struct Tagged {
    value: Value,
    /// Field of the tag.
    field: &'static str,
    /// Field of the content, unless the content is the object itself.
    content: Option<&'static str>,
}

impl Tagged {
    /// Returns the tag, if the value is an object with a tag that is a string.
    pub fn tag(&self) -> Option<&str> {
        self.value.as_object()?.get(self.field)?.as_str()
    }

    /// Returns the content. If its field is missing, the content is null, so that it can be decoded
    /// into an `Option`, and the name of the field is returned too.
    fn into_content(self) -> (Value, Option<&'static str>) {
        match (self.content, self.value) {
            // The tag stays in the object, for a type that has a field for it.
            (None, value) => (value, None),
            (Some(field), mut value) => match value.get_mut(field) {
                Some(content) => (content.take(), None),
                None => (Value::Null, Some(field)),
            },
        }
    }
}

/// Reads any value, and decodes it by `read`.
pub fn read_tagged<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    field: &'static str,
    content: Option<&'static str>,
    read: fn(Tagged) -> Result<T, Error>,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(Union { field, content, read })
}

/// Writes an object that has only a tag.
pub fn write_tag<S: Serializer>(
    serializer: S,
    field: &'static str,
    tag: &'static str,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_map(Some(1))?;
    object.serialize_entry(field, tag)?;
    object.end()
}

/// Writes an object with the tag beside the fields of its content.
pub fn write_tagged<T: Serialize, S: Serializer>(
    serializer: S,
    field: &'static str,
    tag: &'static str,
    content: &T,
) -> Result<S::Ok, S::Error> {
    content.serialize(TaggedSerializer { serializer, field, tag })
}

/// Writes an object with the tag and the content in two fields. Content that is none is left out,
/// since a missing field is read as none.
pub fn write_enveloped<T: Serialize, S: Serializer>(
    serializer: S,
    (field, tag): (&'static str, &'static str),
    content_field: &'static str,
    content: &T,
) -> Result<S::Ok, S::Error> {
    if content.serialize(IsNone).unwrap_or(false) {
        return write_tag(serializer, field, tag);
    }
    let mut object = serializer.serialize_map(Some(2))?;
    object.serialize_entry(field, tag)?;
    object.serialize_entry(content_field, content)?;
    object.end()
}

/// Decodes the value while the format is still at it, so that errors have its position.
struct Union<T> {
    field: &'static str,
    content: Option<&'static str>,
    read: fn(Tagged) -> Result<T, Error>,
}

impl<T> Union<T> {
    fn of<E: serde::de::Error>(self, value: impl Into<Value>) -> Result<T, E> {
        let Self { field, content, read } = self;
        read(Tagged { value: value.into(), field, content }).map_err(E::custom)
    }
}

impl<'de, T> Visitor<'de> for Union<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        self.of(Value::deserialize(MapAccessDeserializer::new(map))?)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<T, A::Error> {
        self.of(Value::deserialize(SeqAccessDeserializer::new(seq))?)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        self.of(text)
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<T, E> {
        self.of(text)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<T, E> {
        self.of(value)
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<T, E> {
        self.of(number)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<T, E> {
        self.of(number)
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<T, E> {
        self.of(number)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
        self.of(Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<T, E> {
        self.of(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }
}
