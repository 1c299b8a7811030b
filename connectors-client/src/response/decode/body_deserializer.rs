//! The outermost deserializer: a body may be empty or no JSON at all where the type says so.

use std::cell::OnceCell;

use serde::de::{Deserializer, Error as _, Expected, Unexpected, Visitor, value::MapDeserializer};
use serde_json::Error;
use serde_json::de::StrRead;

use crate::error::body::strip_bom;

/// A body that answers for unit, bytes, `Option` and maps itself and forwards the rest to `serde_json`.
///
/// What does not depend on the type is not inlined: it would be compiled once for each return type.
pub(super) struct BodyDeserializer<'de> {
    /// Made when it is needed first: not all bodies are text.
    deserializer: Option<serde_json::Deserializer<StrRead<'de>>>,
    mended: &'de OnceCell<String>,
    /// The body as it came, and without a byte order mark.
    body: &'de [u8],
    json: &'de [u8],
    /// Whether the value must be the whole text.
    whole: bool,
    /// Whether an option has something in it whatever the text is.
    is_something: bool,
}

/// What stands for bytes that are not UTF-8: no string can be read with it, and nothing before it completes it, but one
/// that is skipped can have it.
pub(super) const NOT_UTF8: &str = r"\udc00\udc00";

/// A body as text, with [`NOT_UTF8`] in place of what is none.
#[cold]
pub(super) fn mended(json: &[u8]) -> String {
    let mut text = String::with_capacity(json.len() + NOT_UTF8.len());
    for chunk in json.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(if chunk.invalid().is_empty() { "" } else { NOT_UTF8 });
    }
    text
}

impl<'de> BodyDeserializer<'de> {
    /// `mended` is where a body is put that is not all text.
    #[inline(never)]
    pub(super) fn new(body: &'de [u8], mended: &'de OnceCell<String>, is_something: bool) -> Self {
        Self { deserializer: None, mended, body, json: strip_bom(body), whole: true, is_something }
    }

    /// Reads text that is known to be UTF-8 as a whole, which costs less than to look at each of its strings.
    #[inline(never)]
    fn json(&mut self) -> &mut serde_json::Deserializer<StrRead<'de>> {
        let (json, cell) = (self.json, self.mended);
        self.deserializer.get_or_insert_with(|| {
            let text = str::from_utf8(json).unwrap_or_else(|_| cell.get_or_init(|| mended(json)));
            serde_json::Deserializer::from_str(text)
        })
    }

    /// Nothing may follow the value.
    #[inline(never)]
    pub(super) fn end(&mut self) -> Result<(), Error> {
        if self.whole { self.json().end() } else { Ok(()) }
    }

    /// Whether there is nothing to read; then nothing need follow either.
    #[inline(never)]
    fn is_empty(&mut self) -> bool {
        let empty = self.json.iter().all(u8::is_ascii_whitespace);
        self.whole = !empty;
        empty
    }

    /// serde takes an array for a struct, field by field; no API means that.
    #[inline(never)]
    fn check_object(&self, expected: &dyn Expected) -> Result<(), Error> {
        match self.json.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'[') => Err(Error::invalid_type(Unexpected::Seq, expected)),
            _ => Ok(()),
        }
    }
}

macro_rules! forward {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.json().$method(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut BodyDeserializer<'de> {
    type Error = Error;

    forward! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_seq
        deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole = false;
        visitor.visit_borrowed_bytes(self.body)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole = false;
        visitor.visit_byte_buf(self.body.to_vec())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_something {
            return visitor.visit_some(self);
        }
        if self.is_empty() {
            return visitor.visit_none();
        }
        if self.json.trim_ascii() == b"null" {
            return self.json().deserialize_option(visitor);
        }
        // What is inside is still at the top.
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole = false;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        // `serde_json` knows its own `RawValue` by this name.
        if name == "$serde_json::private::RawValue" {
            return self.json().deserialize_newtype_struct(name, visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.json().deserialize_tuple(length, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.json().deserialize_tuple_struct(name, length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_empty() {
            return visitor.visit_map(MapDeserializer::new(std::iter::empty::<((), ())>()));
        }
        self.json().deserialize_map(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.check_object(&visitor)?;
        self.json().deserialize_struct(name, fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.json().deserialize_enum(name, variants, visitor)
    }
}
