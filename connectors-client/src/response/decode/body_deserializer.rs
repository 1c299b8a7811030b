//! The outermost deserializer. Some types read a body that is empty or not JSON.

use std::cell::OnceCell;

use serde::de::{Deserializer, Error as _, Expected, Unexpected, Visitor, value::MapDeserializer};
use serde_json::Error;
use serde_json::de::StrRead;

use crate::error::body::strip_bom;

/// A deserializer that reads unit, bytes, `Option` and maps itself and forwards the rest to
/// `serde_json`.
///
/// Functions that do not depend on the type are not inlined: they would be compiled once per return
/// type.
pub(super) struct BodyDeserializer<'de> {
    /// Created on first use, because not all bodies are text.
    deserializer: Option<serde_json::Deserializer<StrRead<'de>>>,
    mended: &'de OnceCell<String>,
    /// The body as it came, and without a byte order mark.
    body: &'de [u8],
    json: &'de [u8],
    /// True if the value must be the whole text.
    whole: bool,
    /// True if an option is `Some` whatever the text is.
    is_something: bool,
}

/// Replaces bytes that are not UTF-8. A string with it cannot be read, and text before it cannot
/// complete it, but a skipped string may contain it.
pub(super) const NOT_UTF8: &str = r"\udc00\udc00";

/// Returns a body as text, with [`NOT_UTF8`] in place of bytes that are not UTF-8.
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
    /// Creates a deserializer. `mended` holds the text of a body that is not all UTF-8.
    #[inline(never)]
    pub(super) fn new(body: &'de [u8], mended: &'de OnceCell<String>, is_something: bool) -> Self {
        Self { deserializer: None, mended, body, json: strip_bom(body), whole: true, is_something }
    }

    /// Returns the JSON deserializer. UTF-8 is checked once for the whole text, which costs less
    /// than once per string.
    #[inline(never)]
    fn json(&mut self) -> &mut serde_json::Deserializer<StrRead<'de>> {
        let (json, cell) = (self.json, self.mended);
        self.deserializer.get_or_insert_with(|| {
            let text = simdutf8::basic::from_utf8(json)
                .unwrap_or_else(|_| cell.get_or_init(|| mended(json)));
            serde_json::Deserializer::from_str(text)
        })
    }

    /// Checks that nothing follows the value.
    #[inline(never)]
    pub(super) fn end(&mut self) -> Result<(), Error> {
        if self.whole { self.json().end() } else { Ok(()) }
    }

    /// Returns true if the body is empty. Then the end is not checked either.
    #[inline(never)]
    fn is_empty(&mut self) -> bool {
        let empty = self.json.iter().all(u8::is_ascii_whitespace);
        self.whole = !empty;
        empty
    }

    /// Refuses an array for a struct. serde reads one field by field, which no API means.
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
        // The value inside is still the whole body.
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
        // `serde_json` recognises its own `RawValue` by this name.
        if name == "$serde_json::private::RawValue" {
            return self.json().deserialize_newtype_struct(name, visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
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
