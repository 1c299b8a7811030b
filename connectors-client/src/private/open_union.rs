//! What `#[derive(OpenUnion)]` builds on: an object that is read once, and then as what its tag says.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize as _, DeserializeOwned, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Error, Value};

use crate::error::{DOES_NOT_FIT, TAGGED};

/// What a variant can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an object",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it; it may borrow nothing"
)]
pub trait FromObject: Sized {
    /// Reads an object that has this tag.
    fn of(object: Tagged, tag: &'static str) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromObject for T {
    fn of(object: Tagged, tag: &'static str) -> Result<Self, Error> {
        // The tag stays in it, for a type that has a field for it.
        T::deserialize(object.value)
            .map_err(|error| Error::custom(format_args!("{TAGGED}{tag}{DOES_NOT_FIT}{error}")))
    }
}

/// What can keep an object that is not known.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep an object that is not known",
    label = "write `serde_json::Value` here",
    note = "what is `From<serde_json::Value>` can, since it takes objects of any shape, and what is no object"
)]
pub trait UnknownObject {
    /// Keeps a value.
    fn of(object: Tagged) -> Self;
}

// One type that does not fit is one error, and not one per bound.
#[diagnostic::do_not_recommend]
impl<T: From<Value>> UnknownObject for T {
    fn of(object: Tagged) -> Self {
        object.value.into()
    }
}

/// A value that may be an object with a tag.
#[derive(Debug)]
pub struct Tagged {
    value: Value,
    /// The field that holds it.
    field: &'static str,
}

impl Tagged {
    /// The tag, where there is an object that has one, and it is a text.
    pub fn tag(&self) -> Option<&str> {
        self.value.as_object()?.get(self.field)?.as_str()
    }
}

/// Reads a value, whatever it is, and what it means.
pub fn read_tagged<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    field: &'static str,
    read: fn(Tagged) -> Result<T, Error>,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(Union { field, read })
}

/// Reads the meaning while the format is still at the value, so that its errors have that place.
struct Union<T> {
    field: &'static str,
    read: fn(Tagged) -> Result<T, Error>,
}

impl<T> Union<T> {
    fn of<E: serde::de::Error>(self, value: impl Into<Value>) -> Result<T, E> {
        (self.read)(Tagged { value: value.into(), field: self.field }).map_err(E::custom)
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
