//! Serializes the fields of a struct or map as parts of a multipart form, each with its name.

#![expect(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the shared methods forward to methods that can fail in other serializers"
)]

use std::borrow::Cow;
use std::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

use super::multipart::Part;
use super::part_serializer::push_parts;
use crate::encode::serializer_macros::{
    compounds, lists, nothing, scalars, transparent, unit_variants_as_text, variants,
};
use crate::encode::{self, EncodeError, Encoding, TextEncoder, check_time, is_verbatim};

/// A part and the name of its field.
pub(super) type Named = (Cow<'static, str>, Part);

/// Returns the parts of the fields in order.
pub(super) fn fields<T: Serialize + ?Sized>(value: &T) -> Result<Vec<Named>, EncodeError> {
    value.serialize(Fields::default())
}

#[derive(Default)]
struct Fields {
    /// Name of a struct.
    name: &'static str,
    parts: Vec<Named>,
    /// The key of the next value of a map.
    key: String,
    /// True if a name can be repeated. The first one wins.
    is_flattened: bool,
}

impl Fields {
    fn push<T: Serialize + ?Sized>(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: &T,
    ) -> Result<(), EncodeError> {
        let name = name.into();
        if self.is_flattened && self.parts.iter().any(|(other, _)| *other == name) {
            return Ok(());
        }
        let mut parts = Vec::new();
        push_parts(value, &mut parts)?;
        self.parts.extend(parts.into_iter().map(|part| (name.clone(), part)));
        Ok(())
    }

    fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        check_time(self.name, name)?;
        self.push(name, value)
    }

    fn finish(self) -> Result<Vec<Named>, EncodeError> {
        Ok(self.parts)
    }

    /// `None` and unit have no fields.
    fn nothing(self) -> Result<Vec<Named>, EncodeError> {
        Ok(Vec::new())
    }

    fn scalar(self, _: &dyn fmt::Display) -> Result<Vec<Named>, EncodeError> {
        Err(EncodeError::no_fields())
    }

    fn list(self) -> Result<NoList, EncodeError> {
        Err(EncodeError::no_fields())
    }

    fn variant(self, variant: &'static str) -> Result<Variant, EncodeError> {
        Ok(Variant { name: variant, ..Variant::default() })
    }
}

type NoList = Impossible<Vec<Named>, EncodeError>;

impl Serializer for Fields {
    type Ok = Vec<Named>;
    type Error = EncodeError;
    type SerializeSeq = NoList;
    type SerializeTuple = NoList;
    type SerializeTupleStruct = NoList;
    type SerializeTupleVariant = Variant;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Variant;

    scalars! {
        Vec<Named> => scalar,
        serialize_u8: u8, serialize_f32: f32, serialize_f64: f64, serialize_char: char,
        serialize_str: &str
    }
    nothing! { Vec<Named> => nothing }
    unit_variants_as_text! { Vec<Named> }
    transparent! { Vec<Named>: serialize_some(), serialize_newtype_struct(&'static str) }
    lists! {
        NoList => list:
        serialize_seq(Option<usize>), serialize_tuple(usize), serialize_tuple_struct(&'static str, usize)
    }
    variants! {
        serialize_tuple_variant => variant: Variant,
        serialize_struct_variant => variant: Variant
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Vec<Named>, EncodeError> {
        Err(EncodeError::no_fields())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Vec<Named>, EncodeError> {
        self.push(variant, value)?;
        self.finish()
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self, EncodeError> {
        // A struct with a flattened field has no length. Nor have some maps, whose repeated keys are
        // left out too.
        Ok(Self { is_flattened: length.is_none(), ..self })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self, EncodeError> {
        if is_verbatim(name) {
            return Err(EncodeError::no_fields());
        }
        Ok(Self { name, ..self })
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<Vec<Named>, EncodeError> {
        self.scalar(&value)
    }
}

compounds! {
    Fields => Vec<Named>;
    SerializeStruct: serialize_field(name) => field;
}

impl ser::SerializeMap for Fields {
    type Ok = Vec<Named>;
    type Error = EncodeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), EncodeError> {
        let mut text = Vec::new();
        encode::scalar(key, &mut TextEncoder::new(&mut text, Encoding::Plain))?;
        self.key =
            String::from_utf8(text).map_err(|_| EncodeError::new("has a key that is not text"))?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        let key = std::mem::take(&mut self.key);
        self.push(key, value)
    }

    fn end(self) -> Result<Vec<Named>, EncodeError> {
        self.finish()
    }
}

/// A variant with several fields: a part of JSON with the variant's name.
#[derive(Default)]
struct Variant {
    name: &'static str,
    json: Vec<u8>,
}

impl Variant {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.json.push(if self.json.is_empty() { b'[' } else { b',' });
        encode::json(value, &mut self.json)
    }

    fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.json.push(if self.json.is_empty() { b'{' } else { b',' });
        encode::json_string(name, &mut self.json);
        self.json.push(b':');
        encode::json(value, &mut self.json)
    }

    fn finish(mut self) -> Result<Vec<Named>, EncodeError> {
        // A variant without fields is written like an empty struct.
        match self.json.first() {
            Some(b'[') => self.json.push(b']'),
            Some(_) => self.json.push(b'}'),
            None => self.json.extend_from_slice(b"{}"),
        }
        Ok(vec![(self.name.into(), Part::from_json(self.json))])
    }
}

compounds! {
    Variant => Vec<Named>;
    SerializeTupleVariant: serialize_field() => item;
    SerializeStructVariant: serialize_field(name) => field;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::fields;

    fn shown(value: impl Serialize) -> Result<Vec<String>, String> {
        let fields = fields(&value).map_err(|error| error.to_string())?;
        let shown = fields.iter().map(|(name, part)| {
            format!("{name}={}", String::from_utf8_lossy(part.body.as_bytes().unwrap()))
        });
        Ok(shown.collect())
    }

    #[derive(Serialize)]
    struct Flattened {
        a: u8,
        #[serde(flatten)]
        rest: BTreeMap<&'static str, Vec<u16>>,
    }

    #[derive(Serialize)]
    enum Choice {
        None,
        One(u8),
        Two(u8, u8),
        Named { a: u8, b: u8 },
    }

    #[test]
    fn fields_are_parts_with_their_names() {
        let rest = BTreeMap::from([("a", vec![2]), ("b", vec![3, 4])]);
        assert_eq!(shown(Flattened { a: 1, rest }).unwrap(), ["a=1", "b=3", "b=4"]);
        assert_eq!(shown(Some(BTreeMap::from([(1, 2u16)]))).unwrap(), ["1=2"]);
        assert_eq!(shown(Choice::One(1)).unwrap(), ["One=1"]);
        assert_eq!(shown(Choice::Two(1, 2)).unwrap(), ["Two=[1,2]"]);
        assert_eq!(shown(Choice::Named { a: 1, b: 2 }).unwrap(), ["Named={\"a\":1,\"b\":2}"]);
        assert!(shown(()).unwrap().is_empty());
    }

    #[test]
    fn values_without_fields_are_refused() {
        let raw = serde_json::value::RawValue::from_string("{}".to_owned()).unwrap();
        for mistake in
            [shown(raw), shown(1), shown("a"), shown([1]), shown(Choice::None), shown((1, 2))]
        {
            assert!(mistake.unwrap_err().starts_with("must be a struct or a map"));
        }
    }
}
