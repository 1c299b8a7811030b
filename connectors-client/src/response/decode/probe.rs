//! Asks a return type what it reads: its first call of the deserializer shows it, before it is
//! given anything.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Visitor};

/// Returns the `Accept` header for a type: JSON, unless the type ignores the body or is the raw
/// body.
pub(crate) fn accept<T: DeserializeOwned>() -> &'static str {
    if ignores_content::<T>() { "*/*" } else { "application/json" }
}

/// Returns true if a type reads any body, even an empty one, without looking into it.
pub(crate) fn ignores_content<T: DeserializeOwned>() -> bool {
    matches!(T::deserialize(Probe), Err(Answer::Anything))
}

/// Returns true if a type reads a JSON array as a list.
pub(crate) fn reads_list<T: DeserializeOwned>() -> bool {
    matches!(T::deserialize(Probe), Err(Answer::List))
}

/// Returns true if a type is a struct with named fields.
pub(crate) fn reads_struct<T: DeserializeOwned>() -> bool {
    matches!(T::deserialize(Probe), Err(Answer::Struct))
}

struct Probe;

#[derive(Debug)]
enum Answer {
    Anything,
    List,
    Struct,
    /// Any other JSON.
    Json,
}

impl fmt::Display for Answer {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Answer {}

impl serde::de::Error for Answer {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Json
    }
}

macro_rules! answer {
    ($answer:ident: $($method:ident($($argument:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $(_: $argument,)* _: V) -> Result<V::Value, Answer> {
            Err(Answer::$answer)
        }
    )*};
}

impl<'de> Deserializer<'de> for Probe {
    type Error = Answer;

    /// An option reads the same as its content.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Answer> {
        visitor.visit_some(self)
    }

    /// A newtype of a list is a list.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Answer> {
        visitor.visit_newtype_struct(self).map_err(|answer| match answer {
            Answer::Anything => Answer::Json,
            answer => answer,
        })
    }

    answer! { List:
        deserialize_seq() deserialize_tuple(usize) deserialize_tuple_struct(&'static str, usize)
    }

    answer! { Struct: deserialize_struct(&'static str, &'static [&'static str]) }

    answer! { Anything:
        deserialize_bytes() deserialize_byte_buf() deserialize_unit() deserialize_unit_struct(&'static str)
    }

    answer! { Json:
        deserialize_any() deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32()
        deserialize_i64() deserialize_i128() deserialize_u8() deserialize_u16() deserialize_u32()
        deserialize_u64() deserialize_u128() deserialize_f32() deserialize_f64() deserialize_char()
        deserialize_str() deserialize_string() deserialize_map()
        deserialize_identifier() deserialize_ignored_any()
        deserialize_enum(&'static str, &'static [&'static str])
    }
}
