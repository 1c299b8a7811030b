//! Encodes values as JSON.
//!
//! `serde_json` writes NaN and infinities as `null`, which clears a field in a PATCH. Its
//! `Formatter` cannot tell such a `null` from that of a `None`. So the structure is written here,
//! and `serde_json` writes the scalars.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the shared methods forward to methods that can fail in other serializers"
)]

use std::fmt;
use std::ops::Range;

use serde::Serialize;
use serde::ser::{self, Serializer};

use super::EncodeError;
use super::serializer_macros::{
    compounds, lists, nothing, scalars, transparent, unit_variants_as_text, variants,
};
use super::special_structs::is_verbatim;

/// The two forms of an encoded value.
pub(crate) enum JsonOrBytes {
    Json(Vec<u8>),
    Bytes(Vec<u8>),
}

/// Encodes `value` as JSON. A value that serializes as bytes, like `bytes::Bytes`, stays these
/// bytes.
pub(crate) fn json_or_bytes<T: Serialize + ?Sized>(value: &T) -> Result<JsonOrBytes, EncodeError> {
    let mut out = Vec::with_capacity(128);
    let mut serializer = JsonSerializer { out: &mut out, position: Position::Body };
    value.serialize(&mut serializer)?;
    match serializer.position {
        Position::Bytes => Ok(JsonOrBytes::Bytes(out)),
        _ => Ok(JsonOrBytes::Json(out)),
    }
}

/// Appends `value` as JSON.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    value.serialize(&mut JsonSerializer { out, position: Position::Top })
}

/// Appends a JSON string.
pub(crate) fn json_string(text: &str, out: &mut Vec<u8>) {
    push_scalar(out, text);
}

/// Appends a scalar of a std type. Writing one to a buffer cannot fail.
fn push_scalar<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let _ = serde_json::to_writer(out, value);
}

struct JsonSerializer<'a> {
    out: &'a mut Vec<u8>,
    position: Position,
}

/// Position of the value that comes next.
#[derive(Clone, Copy, PartialEq)]
enum Position {
    /// The whole body: bytes are sent unchanged.
    Body,
    /// The whole body, which was bytes.
    Bytes,
    /// A value at the top level.
    Top,
    Inner,
    /// A key of a map, which is written in quotes.
    Key,
    /// JSON text of `serde_json`, which is written unchanged.
    Verbatim,
}

impl JsonSerializer<'_> {
    /// Writes a number or truth value.
    fn plain<T: Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
        let is_key = self.position == Position::Key;
        if is_key {
            self.out.push(b'"');
        }
        push_scalar(self.out, value);
        if is_key {
            self.out.push(b'"');
        }
        Ok(())
    }

    fn check_finite(&self, value: f64) -> Result<(), EncodeError> {
        match self.position {
            _ if value.is_finite() => Ok(()),
            Position::Inner | Position::Key => {
                Err(EncodeError::new("contains a number that is not finite"))
            }
            _ => Err(EncodeError::not_finite()),
        }
    }

    fn text(&mut self, text: &str) {
        if self.position == Position::Verbatim {
            self.out.extend_from_slice(text.as_bytes());
        } else {
            push_scalar(self.out, text);
        }
    }

    fn check_no_key(&self) -> Result<(), EncodeError> {
        match self.position {
            Position::Key => {
                Err(EncodeError::new("has a map key that is not text, which JSON requires"))
            }
            _ => Ok(()),
        }
    }

    fn null(&mut self) -> Result<(), EncodeError> {
        self.check_no_key()?;
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    /// Begins a list or object. `end` closes it.
    fn compound(&mut self, end: &'static str) -> Result<(), EncodeError> {
        self.check_no_key()?;
        self.position = Position::Inner;
        self.out.push(if end.starts_with(']') { b'[' } else { b'{' });
        Ok(())
    }

    /// Begins the object of a variant, whose only member is its data.
    fn variant(&mut self, variant: &str) -> Result<(), EncodeError> {
        self.compound("}")?;
        push_scalar(self.out, variant);
        self.out.push(b':');
        Ok(())
    }
}

impl<'a> JsonSerializer<'a> {
    fn list<'s>(&'s mut self) -> Result<Compound<'s, 'a>, EncodeError> {
        Compound::begin(self, "]")
    }

    fn list_variant<'s>(&'s mut self, variant: &str) -> Result<Compound<'s, 'a>, EncodeError> {
        self.variant(variant)?;
        Compound::begin(self, "]}")
    }

    fn object_variant<'s>(&'s mut self, variant: &str) -> Result<Compound<'s, 'a>, EncodeError> {
        self.variant(variant)?;
        Compound::begin(self, "}}")
    }
}

/// A list or object that is being written.
struct Compound<'s, 'a> {
    serializer: &'s mut JsonSerializer<'a>,
    is_empty: bool,
    /// Closing brackets; empty for text that is written unchanged.
    end: &'static str,
}

impl<'s, 'a> Compound<'s, 'a> {
    fn begin(
        serializer: &'s mut JsonSerializer<'a>,
        end: &'static str,
    ) -> Result<Self, EncodeError> {
        serializer.compound(end)?;
        Ok(Self { serializer, is_empty: true, end })
    }

    fn separate(&mut self) {
        if !std::mem::replace(&mut self.is_empty, false) {
            self.serializer.out.push(b',');
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.separate();
        value.serialize(&mut *self.serializer)
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), EncodeError> {
        if !self.end.is_empty() {
            self.separate();
            push_scalar(self.serializer.out, name);
            self.serializer.out.push(b':');
        }
        value.serialize(&mut *self.serializer)
    }

    fn finish(self) -> Result<(), EncodeError> {
        self.serializer.position = Position::Inner;
        self.serializer.out.extend_from_slice(self.end.as_bytes());
        Ok(())
    }
}

/// A map that is being written.
struct Map<'s, 'a> {
    compound: Compound<'s, 'a>,
    /// Positions of the keys, if they can be repeated. The first one wins.
    keys: Option<Vec<Range<usize>>>,
    is_repeated: bool,
}

impl Map<'_, '_> {
    fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), EncodeError> {
        let before = self.compound.serializer.out.len();
        self.compound.separate();
        let serializer = &mut *self.compound.serializer;
        let start = serializer.out.len();
        serializer.position = Position::Key;
        key.serialize(&mut *serializer)?;
        serializer.position = Position::Inner;
        if let Some(keys) = &mut self.keys {
            let (earlier, key) = serializer.out.split_at(start);
            self.is_repeated = keys.iter().any(|range| earlier[range.clone()] == *key);
            if self.is_repeated {
                serializer.out.truncate(before);
                return Ok(());
            }
            keys.push(start..serializer.out.len());
        }
        serializer.out.push(b':');
        Ok(())
    }
}

impl<'s, 'a> Serializer for &'s mut JsonSerializer<'a> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = Compound<'s, 'a>;
    type SerializeTuple = Compound<'s, 'a>;
    type SerializeTupleStruct = Compound<'s, 'a>;
    type SerializeTupleVariant = Compound<'s, 'a>;
    type SerializeMap = Map<'s, 'a>;
    type SerializeStruct = Compound<'s, 'a>;
    type SerializeStructVariant = Compound<'s, 'a>;

    scalars! { () => plain, serialize_u8: u8 }
    nothing! { () => null }
    unit_variants_as_text! { () }
    transparent! { (): serialize_some(), serialize_newtype_struct(&'static str) }
    lists! {
        Compound<'s, 'a> => list:
        serialize_seq(Option<usize>), serialize_tuple(usize), serialize_tuple_struct(&'static str, usize)
    }
    variants! {
        serialize_tuple_variant => list_variant: Compound<'s, 'a>,
        serialize_struct_variant => object_variant: Compound<'s, 'a>
    }

    fn serialize_f32(self, value: f32) -> Result<(), EncodeError> {
        self.check_finite(value.into())?;
        self.plain(&value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), EncodeError> {
        self.check_finite(value)?;
        self.plain(&value)
    }

    fn serialize_char(self, value: char) -> Result<(), EncodeError> {
        self.text(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), EncodeError> {
        self.text(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), EncodeError> {
        if self.position == Position::Body {
            self.position = Position::Bytes;
            self.out.extend_from_slice(value);
            return Ok(());
        }
        self.check_no_key()?;
        push_scalar(self.out, value);
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.variant(variant)?;
        value.serialize(&mut *self)?;
        self.out.push(b'}');
        Ok(())
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Map<'s, 'a>, EncodeError> {
        // Only a struct with a flattened field has no length, and only there can a key be repeated.
        let keys = length.is_none().then(Vec::new);
        Ok(Map { compound: Compound::begin(self, "}")?, keys, is_repeated: false })
    }

    fn serialize_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Compound<'s, 'a>, EncodeError> {
        if is_verbatim(name) {
            self.check_no_key()?;
            self.position = Position::Verbatim;
            return Ok(Compound { serializer: self, is_empty: true, end: "" });
        }
        Compound::begin(self, "}")
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<(), EncodeError> {
        // Written at once, without a `String` for it.
        serde_json::to_writer(&mut *self.out, &Displayed(&value))
            .map_err(|_| EncodeError::new("cannot be formatted as text"))
    }
}

/// Serializes a value as the text that it displays.
struct Displayed<'a>(&'a dyn fmt::Display);

impl Serialize for Displayed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

compounds! {
    Compound<'_, '_> => ();
    SerializeSeq: serialize_element() => item;
    SerializeTuple: serialize_element() => item;
    SerializeTupleStruct: serialize_field() => item;
    SerializeTupleVariant: serialize_field() => item;
    SerializeStruct: serialize_field(name) => member;
    SerializeStructVariant: serialize_field(name) => member;
}

impl ser::SerializeMap for Map<'_, '_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), EncodeError> {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        if self.is_repeated { Ok(()) } else { value.serialize(&mut *self.compound.serializer) }
    }

    fn end(self) -> Result<(), EncodeError> {
        self.compound.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use bytes::Bytes;
    use serde::Serialize;
    use serde_json::json;
    use serde_json::value::RawValue;

    use super::{JsonOrBytes, json_or_bytes};

    fn json(value: impl Serialize) -> Option<String> {
        match json_or_bytes(&value).unwrap() {
            JsonOrBytes::Json(json) => Some(String::from_utf8(json).unwrap()),
            JsonOrBytes::Bytes(_) => None,
        }
    }

    fn mistake(value: impl Serialize) -> String {
        json_or_bytes(&value).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn only_bytes_at_the_top_are_sent_unchanged() {
        let bytes = Bytes::from_static(b"\x00[");
        assert!(matches!(json_or_bytes(&bytes), Ok(JsonOrBytes::Bytes(sent)) if sent == b"\x00["));
        assert!(matches!(json_or_bytes(&Some(&bytes)), Ok(JsonOrBytes::Bytes(_))));
        assert_eq!(json([bytes.clone()]).as_deref(), Some("[[0,91]]"));
        assert_eq!(json(BTreeMap::from([("a", bytes.clone())])).as_deref(), Some("{\"a\":[0,91]}"));
        assert_eq!(json(Data::Newtype(bytes)).as_deref(), Some("{\"Newtype\":[0,91]}"));
        assert_eq!(json(vec![1u8]).as_deref(), Some("[1]"));
        assert_eq!(json("x").as_deref(), Some("\"x\""));
    }

    #[derive(Serialize)]
    enum Data<T> {
        Unit,
        Newtype(T),
        Tuple(T, T),
        Struct { a: T, b: T },
    }

    #[derive(Serialize)]
    struct Wrapped<T>(T);

    #[derive(Serialize)]
    struct Pair<T>(T, T);

    #[derive(Serialize)]
    struct Empty {}

    #[derive(Serialize)]
    struct Flat<T> {
        a: T,
        #[serde(flatten)]
        rest: BTreeMap<String, T>,
        #[serde(skip_serializing_if = "Option::is_none")]
        none: Option<T>,
    }

    #[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
    enum Key {
        First,
    }

    #[test]
    fn every_shape_is_written_as_serde_json_does() {
        let flat = Flat { a: 1, rest: BTreeMap::from([("b".to_owned(), 2)]), none: None };
        let raw = RawValue::from_string(r#"{"a" : 1.50}"#.to_owned()).unwrap();
        let keys = (
            BTreeMap::from([(1u8, 'a')]),
            BTreeMap::from([(-1i128, true)]),
            BTreeMap::from([('"', [None::<u8>])]),
            BTreeMap::from([(true, "ü\u{1}\"\\/")]),
            BTreeMap::from([(Key::First, Some(0.5f32))]),
            BTreeMap::from([(Some("k"), None::<u8>)]),
        );
        macro_rules! check {
            ($($value:expr),* $(,)?) => {$(
                assert_eq!(json(&$value), Some(serde_json::to_string(&$value).unwrap()));
            )*};
        }
        check!(
            flat,
            raw,
            vec![&raw, &raw],
            keys,
            Empty {},
            (),
            Vec::<u8>::new(),
            BTreeMap::<u8, u8>::new(),
            Data::<u8>::Unit,
            Data::Newtype(1),
            Data::Tuple(Some(1), None),
            Data::Struct { a: vec![1], b: vec![] },
            [Data::Tuple(Data::Newtype(1), Data::Unit), Data::Newtype(Data::Newtype(1))],
            Wrapped("a"),
            Pair(1, 2),
            (u128::MAX, i64::MIN, f64::MAX, f32::MIN, 1e-7, 0.1f32, -0.0),
            std::net::Ipv4Addr::LOCALHOST,
            json!({"a": [1, 2.5, null, {"b": "c"}], "": {}, "n": u64::MAX}),
        );
    }

    #[test]
    fn numbers_that_are_not_finite_are_refused_everywhere() {
        #[derive(Serialize)]
        struct Price {
            price: Option<f64>,
        }
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let price = || Price { price: Some(number) };
            assert_eq!(mistake(number), "is not a finite number");
            #[expect(
                clippy::cast_possible_truncation,
                reason = "infinite or not a number in each width"
            )]
            let single = number as f32;
            let nested = [
                mistake(price()),
                mistake([number]),
                mistake((1, single)),
                mistake(BTreeMap::from([("a", vec![number])])),
                mistake(Data::Newtype(number)),
                mistake(Data::Struct { a: 1.0, b: number }),
                mistake(Flat {
                    a: 1.0,
                    rest: BTreeMap::from([("b".to_owned(), number)]),
                    none: None,
                }),
                mistake([Data::Tuple(Some(price()), None)]),
            ];
            for mistake in nested {
                assert_eq!(mistake, "contains a number that is not finite");
            }
        }
    }

    #[test]
    fn a_flattened_map_repeats_no_field() {
        let rest =
            BTreeMap::from([("a".to_owned(), 9), ("b".to_owned(), 2), ("none".to_owned(), 3)]);
        let flat = Flat { a: 1, rest: rest.clone(), none: Some(4) };
        assert_eq!(json([flat]).as_deref(), Some(r#"[{"a":1,"b":2,"none":3}]"#));
        let only = Flat { a: 1, rest: BTreeMap::from([("a".to_owned(), 9)]), none: None };
        assert_eq!(json(only).as_deref(), Some(r#"{"a":1}"#));
    }

    #[test]
    fn keys_are_text() {
        for mistake in [
            mistake(BTreeMap::from([([1, 2], 3)])),
            mistake(BTreeMap::from([((), 3)])),
            mistake(BTreeMap::from([(None::<u8>, 3)])),
            mistake(BTreeMap::from([(Bytes::from_static(b"a"), 3)])),
        ] {
            assert_eq!(mistake, "has a map key that is not text, which JSON requires");
        }
    }
}
