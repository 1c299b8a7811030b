//! Encodes a value as pairs of a query or form: `name=value&name=value`.
//!
//! | value | pairs |
//! |---|---|
//! | a scalar | `name=value` |
//! | a list | the name once per item; an empty list sends nothing, nor does a `None` in a list |
//! | a list of maps or structs | `name[0][key]=value`, so that the fields of an item stay together |
//! | a list of lists | refused |
//! | a map, struct or variant with data | `name[key]=value`, the brackets percent-encoded |
//! | a list of `u8` without a style, which may be bytes | refused |
//! | `None`, unit | nothing |
//! | a list in one of the types of [`list_style`] | in that style |
//! | a `Duration` or `SystemTime` | refused |

#![expect(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the shared methods forward to methods that can fail in other serializers"
)]

use serde::ser::{self, Serialize, Serializer};

use super::scalar::check_finite;
use super::serializer_macros::{
    compounds, finite_floats, lists, nothing, scalars, unit_variants_as_text, variants,
};
use super::special_structs::{check_time, is_tuple, is_u8, is_verbatim};
use super::{EncodeError, Encoding, TextEncoder, encoded_key};
use crate::encode::list_style;

/// Appends the pairs of `value` under `name`.
pub(crate) fn query_pairs<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let mut key = encoded_key(name);
    QuerySerializer::new(out, &mut key, true).write(value)
}

/// Appends a pair for each field of a struct or entry of a map.
pub(crate) fn query_struct<T: Serialize + ?Sized>(
    value: &T,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    value.serialize(&mut QuerySerializer::new(out, &mut Vec::new(), false))
}

/// Returns the name of a pair.
pub(crate) fn pair_name(pair: &[u8]) -> &[u8] {
    pair.split(|byte| *byte == b'=').next().unwrap_or_default()
}

struct QuerySerializer<'a> {
    out: &'a mut Vec<u8>,
    /// Start of this argument's pairs in the buffer.
    start: usize,
    /// The encoded name so far.
    key: &'a mut Vec<u8>,
    /// False before the first field of a struct that is spread over the query.
    has_name: bool,
    /// Separator of the items, within a list that is one pair.
    separator: Option<Separator>,
    /// Index of the item, within a list.
    item: Option<usize>,
    /// True if items are written with brackets that have no number.
    is_bracketed: bool,
    /// True for a tuple, whose `u8`s are numbers.
    is_tuple: bool,
}

#[derive(Clone, Copy)]
struct Separator {
    text: &'static [u8],
    /// True if an item was already written.
    follows: bool,
}

impl<'a> QuerySerializer<'a> {
    fn new(out: &'a mut Vec<u8>, key: &'a mut Vec<u8>, has_name: bool) -> Self {
        Self {
            start: out.len(),
            out,
            key,
            has_name,
            separator: None,
            item: None,
            is_bracketed: false,
            is_tuple: false,
        }
    }

    fn write<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.is_tuple = is_tuple::<T>();
        value.serialize(self)
    }

    fn pair(&mut self, value: &dyn std::fmt::Display) -> Result<(), EncodeError> {
        if !self.has_name {
            return Err(EncodeError::new(
                "must be a struct or a map, since its fields name the pairs",
            ));
        }
        if let Some(separator) = &mut self.separator
            && std::mem::replace(&mut separator.follows, true)
        {
            self.out.extend_from_slice(separator.text);
            return TextEncoder::new(self.out, Encoding::Form).write(value);
        }
        if self.out.len() > self.start {
            self.out.push(b'&');
        }
        self.out.extend_from_slice(self.key);
        self.out.push(b'=');
        TextEncoder::new(self.out, Encoding::Form).write(value)
    }

    /// Returns true if a pair of this argument has the current name.
    fn has_pair(&self) -> bool {
        let pairs = self.out[self.start..].split(|byte| *byte == b'&');
        pairs.filter(|pair| !pair.is_empty()).any(|pair| pair_name(pair) == &**self.key)
    }

    /// Serializes `value` one level deeper, under `name[key]`, or `key` at the top.
    ///
    /// With `once`, a value whose name was already written is left out.
    fn nested<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
        once: bool,
    ) -> Result<(), EncodeError> {
        if self.separator.is_some() {
            return Err(EncodeError::new("has an object in a list that is sent as one value"));
        }
        let length = self.key.len();
        let item = self.item.take();
        if let Some(item) = item.filter(|_| !self.is_bracketed) {
            self.key.extend_from_slice(format!("%5B{item}%5D").as_bytes());
        }
        let is_bracketed = std::mem::take(&mut self.is_bracketed);
        let name = encoded_key(name);
        let had_name = std::mem::replace(&mut self.has_name, true);
        if had_name {
            self.key.extend_from_slice(b"%5B");
            self.key.extend_from_slice(&name);
            self.key.extend_from_slice(b"%5D");
        } else {
            self.key.extend_from_slice(&name);
        }
        let is_repeated = once && self.has_pair();
        let result = if is_repeated { Ok(()) } else { self.write(value) };
        self.key.truncate(length);
        self.has_name = had_name;
        (self.item, self.is_bracketed) = (item, is_bracketed);
        result
    }

    /// `None` and unit send nothing.
    fn nothing(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }

    /// Begins the fields of a variant.
    fn fields_of_variant<'s>(
        &'s mut self,
        variant: &'static str,
    ) -> Result<Nested<'s, 'a>, EncodeError> {
        Ok(Nested { serializer: self, variant })
    }

    /// Begins a list.
    fn items<'s>(&'s mut self) -> Result<Items<'s, 'a>, EncodeError> {
        if self.item.is_some() {
            return Err(EncodeError::new("has a list within a list, which cannot be sent here"));
        }
        let is_styled = self.separator.is_some() || self.is_bracketed;
        let is_bytes = !is_styled && !self.is_tuple;
        Ok(Items { serializer: self, count: 0, is_bytes })
    }
}

/// The items of a list.
struct Items<'a, 'b> {
    serializer: &'a mut QuerySerializer<'b>,
    count: usize,
    /// True as long as all items are `u8`, so that the list may be bytes.
    is_bytes: bool,
}

impl Items<'_, '_> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.serializer.item = Some(self.count);
        self.count += 1;
        self.is_bytes &= is_u8::<T>();
        let result = self.serializer.write(value);
        self.serializer.item = None;
        result
    }

    /// Every item was written by itself.
    fn finish(self) -> Result<(), EncodeError> {
        if self.is_bytes && self.count > 0 {
            return Err(EncodeError::list_of_bytes());
        }
        Ok(())
    }
}

impl QuerySerializer<'_> {
    /// Writes all items of a list in one pair.
    fn joined<T: Serialize + ?Sized>(
        &mut self,
        text: &'static [u8],
        value: &T,
    ) -> Result<(), EncodeError> {
        self.separator = Some(Separator { text, follows: false });
        let result = self.write(value);
        self.separator = None;
        result
    }

    /// Writes each item of a list under the name with brackets appended.
    fn bracketed<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        let length = self.key.len();
        self.key.extend_from_slice(b"%5B%5D");
        self.is_bracketed = true;
        let result = self.write(value);
        self.is_bracketed = false;
        self.key.truncate(length);
        result
    }
}

impl<'a, 'b> Serializer for &'a mut QuerySerializer<'b> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = Items<'a, 'b>;
    type SerializeTuple = Items<'a, 'b>;
    type SerializeTupleStruct = Items<'a, 'b>;
    type SerializeTupleVariant = Nested<'a, 'b>;
    type SerializeMap = Entries<'a, 'b>;
    type SerializeStruct = Fields<'a, 'b>;
    type SerializeStructVariant = Nested<'a, 'b>;

    scalars! { () => pair, serialize_u8: u8, serialize_char: char, serialize_str: &str }
    finite_floats! { () => pair }
    nothing! { () => nothing }
    unit_variants_as_text! { () }
    lists! { Items<'a, 'b> => items: serialize_seq(Option<usize>), serialize_tuple(usize) }
    variants! {
        serialize_tuple_variant => fields_of_variant: Nested<'a, 'b>,
        serialize_struct_variant => fields_of_variant: Nested<'a, 'b>
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), EncodeError> {
        Err(EncodeError::bytes())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), EncodeError> {
        self.write(value)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Items<'a, 'b>, EncodeError> {
        Ok(Items { is_bytes: false, ..self.items()? })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        match name {
            list_style::COMMA => self.joined(b",", value),
            list_style::SPACE => self.joined(b"%20", value),
            list_style::PIPE => self.joined(b"%7C", value),
            list_style::BRACKETS => self.bracketed(value),
            _ => self.write(value),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.nested(variant, value, false)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Entries<'a, 'b>, EncodeError> {
        // Only a struct with a flattened field has no length.
        let is_flattened = length.is_none() && !self.is_bracketed;
        Ok(Entries { serializer: self, key: String::new(), is_flattened })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'a, 'b>, EncodeError> {
        Ok(Fields { serializer: self, name })
    }

    fn collect_str<T: std::fmt::Display + ?Sized>(self, value: &T) -> Result<(), EncodeError> {
        self.pair(&value)
    }
}

compounds! {
    Items<'_, '_> => ();
    SerializeSeq: serialize_element() => push;
    SerializeTuple: serialize_element() => push;
    SerializeTupleStruct: serialize_field() => push;
}

/// Fields of the struct with this name.
struct Fields<'a, 'b> {
    serializer: &'a mut QuerySerializer<'b>,
    name: &'static str,
}

impl Fields<'_, '_> {
    fn push<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        if is_verbatim(self.name) {
            return value.serialize(&mut *self.serializer);
        }
        check_time(self.name, name)?;
        self.serializer.nested(name, value, false)
    }

    /// Every field was written by itself.
    fn finish(self) -> Result<(), EncodeError> {
        Ok(())
    }
}

compounds! {
    Fields<'_, '_> => ();
    SerializeStruct: serialize_field(name) => push;
}

/// Entries of a map. Each key is a scalar.
struct Entries<'a, 'b> {
    serializer: &'a mut QuerySerializer<'b>,
    key: String,
    /// True if a name can be repeated. The first one wins.
    is_flattened: bool,
}

impl ser::SerializeMap for Entries<'_, '_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), EncodeError> {
        let mut text = Vec::new();
        super::scalar(key, &mut TextEncoder::new(&mut text, Encoding::Plain))?;
        self.key =
            String::from_utf8(text).map_err(|_| EncodeError::new("has a key that is not text"))?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.serializer.nested(&std::mem::take(&mut self.key), value, self.is_flattened)
    }

    fn end(self) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// A variant with data. Its name adds one level to the key.
struct Nested<'a, 'b> {
    serializer: &'a mut QuerySerializer<'b>,
    variant: &'static str,
}

/// Serializes the data of a variant as a struct with one field.
struct Field<'a, T: ?Sized>(&'static str, &'a T);

impl<T: Serialize + ?Sized> Serialize for Field<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("", 1)?;
        ser::SerializeStruct::serialize_field(&mut fields, self.0, self.1)?;
        ser::SerializeStruct::end(fields)
    }
}

impl Nested<'_, '_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.serializer.nested(self.variant, value, false)
    }

    fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.item(&Field(name, value))
    }

    /// Every field was written by itself.
    fn finish(self) -> Result<(), EncodeError> {
        Ok(())
    }
}

compounds! {
    Nested<'_, '_> => ();
    SerializeTupleVariant: serialize_field() => item;
    SerializeStructVariant: serialize_field(name) => field;
}
