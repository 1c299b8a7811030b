//! Serializes a value as parts of a multipart form.
//!
//! | value | parts |
//! |---|---|
//! | a scalar | a part of text |
//! | bytes, a list of `u8` | a file of these bytes |
//! | another list | a part per item; a list within a list is JSON |
//! | a map, struct or variant with data | a part of JSON |
//! | `None`, unit | none |
//! | a `Duration` or `SystemTime` | refused |

#![expect(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the shared methods forward to methods that can fail in other serializers"
)]

use std::any::type_name;
use std::fmt;

use serde::ser::{self, Serialize, Serializer};

use super::multipart::Part;
use crate::encode::serializer_macros::{
    compounds, finite_floats, lists, nothing, scalars, unit_variants_as_text, variants,
};
use crate::encode::{self, EncodeError, check_finite, check_time, is_number, is_tuple, is_u8};

/// Appends the parts of a value.
pub(super) fn push_parts<T: Serialize + ?Sized>(
    value: &T,
    parts: &mut Vec<Part>,
) -> Result<(), EncodeError> {
    push(value, PartSerializer { parts, bytes: None, is_item: false, shape: Shape::Other })
}

/// Writes a value through `serializer`, or as JSON if it turns out to be an object.
fn push<T: Serialize + ?Sized>(
    value: &T,
    mut serializer: PartSerializer<'_>,
) -> Result<(), EncodeError> {
    serializer.shape = Shape::of::<T>();
    match value.serialize(serializer.reborrow())? {
        Written::Parts => Ok(()),
        Written::Json => {
            let mut json = Vec::with_capacity(128);
            encode::json(value, &mut json)?;
            serializer.parts.push(Part::from_json(json));
            Ok(())
        }
    }
}

/// Result of serializing a value.
enum Written {
    /// All parts were written.
    Parts,
    /// Nothing was written, since the value is a part of JSON.
    Json,
}

struct PartSerializer<'a> {
    parts: &'a mut Vec<Part>,
    /// Collects the `u8`s of a list.
    bytes: Option<&'a mut Vec<u8>>,
    /// True for an item of a list.
    is_item: bool,
    shape: Shape,
}

/// Facts about the type of a value that serde does not tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// An array of `u8`, which serde writes like a tuple.
    ByteArray,
    Tuple,
    Other,
}

impl Shape {
    fn of<T: ?Sized>() -> Self {
        match type_name::<T>().trim_start_matches('&') {
            name if name.starts_with("[u8; ") => Self::ByteArray,
            _ if is_tuple::<T>() => Self::Tuple,
            _ => Self::Other,
        }
    }
}

impl<'a> PartSerializer<'a> {
    fn reborrow(&mut self) -> PartSerializer<'_> {
        PartSerializer {
            parts: self.parts,
            bytes: self.bytes.as_deref_mut(),
            is_item: self.is_item,
            shape: self.shape,
        }
    }

    fn text(self, text: &dyn fmt::Display) -> Result<Written, EncodeError> {
        self.parts.push(Part::new(text.to_string()));
        Ok(Written::Parts)
    }

    fn nothing(self) -> Result<Written, EncodeError> {
        Ok(Written::Parts)
    }

    fn list(self) -> Result<List<'a>, EncodeError> {
        Ok(List {
            start: self.parts.len(),
            parts: self.parts,
            bytes: Vec::new(),
            is_bytes: self.shape == Shape::ByteArray,
            is_mixed: self.shape == Shape::Tuple,
            is_item: self.is_item,
        })
    }

    fn tuple_struct(self) -> Result<List<'a>, EncodeError> {
        Ok(List { is_mixed: true, ..self.list()? })
    }

    fn variant(self, _: &str) -> Result<Json, EncodeError> {
        Ok(Json)
    }
}

/// A list that is being written.
struct List<'a> {
    parts: &'a mut Vec<Part>,
    /// Number of the parts before the list.
    start: usize,
    /// The items, as long as all of them are `u8`.
    bytes: Vec<u8>,
    /// True if even an empty list is bytes.
    is_bytes: bool,
    /// True for a list that is no bytes, such as one with an item that is not a `u8`.
    is_mixed: bool,
    is_item: bool,
}

impl List<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        let start = self.parts.len();
        let bytes = (!self.is_mixed && is_u8::<T>()).then_some(&mut self.bytes);
        push(
            value,
            PartSerializer { parts: self.parts, bytes, is_item: true, shape: Shape::Other },
        )?;
        if self.parts.len() > start {
            self.is_mixed = true;
            let numbers = self.bytes.drain(..).map(|number| Part::new(number.to_string()));
            self.parts.splice(start..start, numbers);
        }
        Ok(())
    }

    fn finish(self) -> Result<Written, EncodeError> {
        if !self.is_mixed && (self.is_bytes || !self.bytes.is_empty()) {
            self.parts.push(Part::from_bytes(self.bytes));
        } else if self.is_item {
            self.parts.truncate(self.start);
            return Ok(Written::Json);
        }
        Ok(Written::Parts)
    }
}

impl<'a> Serializer for PartSerializer<'a> {
    type Ok = Written;
    type Error = EncodeError;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = Json;
    type SerializeMap = Json;
    type SerializeStruct = Struct<'a>;
    type SerializeStructVariant = Json;

    scalars! { Written => text, serialize_char: char, serialize_str: &str }
    finite_floats! { Written => text }
    nothing! { Written => nothing }
    unit_variants_as_text! { Written }
    lists! { List<'a> => list: serialize_seq(Option<usize>), serialize_tuple(usize) }
    lists! { List<'a> => tuple_struct: serialize_tuple_struct(&'static str, usize) }
    variants! {
        serialize_tuple_variant => variant: Json,
        serialize_struct_variant => variant: Json
    }

    fn serialize_u8(self, value: u8) -> Result<Written, EncodeError> {
        match self.bytes {
            Some(bytes) => {
                bytes.push(value);
                Ok(Written::Parts)
            }
            None => self.text(&value),
        }
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Written, EncodeError> {
        self.parts.push(Part::from_bytes(value.to_vec()));
        Ok(Written::Parts)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Written, EncodeError> {
        // A list of `Option<u8>` is numbers, not bytes.
        value.serialize(PartSerializer { bytes: None, shape: Shape::of::<T>(), ..self })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Written, EncodeError> {
        self.serialize_some(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Written, EncodeError> {
        Ok(Written::Json)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Json, EncodeError> {
        Ok(Json)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Struct<'a>, EncodeError> {
        Ok(Struct { serializer: self, name })
    }

    fn collect_seq<I>(self, items: I) -> Result<Written, EncodeError>
    where
        I: IntoIterator,
        I::Item: Serialize,
    {
        // An empty list has no item that shows that it is bytes, so that an empty file would
        // vanish.
        let mut list = self.list()?;
        list.is_bytes = is_u8::<I::Item>();
        items.into_iter().try_for_each(|item| list.item(&item))?;
        list.finish()
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<Written, EncodeError> {
        self.text(&value)
    }
}

/// A struct, which is a part of JSON unless it is a number of `serde_json`.
struct Struct<'a> {
    serializer: PartSerializer<'a>,
    name: &'static str,
}

impl Struct<'_> {
    fn field<T: Serialize + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        if is_number(self.name) {
            return push(value, self.serializer.reborrow());
        }
        check_time(self.name, field)
    }

    fn finish(self) -> Result<Written, EncodeError> {
        Ok(if is_number(self.name) { Written::Parts } else { Written::Json })
    }
}

compounds! {
    Struct<'_> => Written;
    SerializeStruct: serialize_field(name) => field;
}

/// An object whose fields are passed over, since it is written as JSON afterwards.
struct Json;

impl Json {
    fn item<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), EncodeError> {
        Ok(())
    }

    fn field<T: Serialize + ?Sized>(&mut self, _: &'static str, _: &T) -> Result<(), EncodeError> {
        Ok(())
    }

    fn finish(self) -> Result<Written, EncodeError> {
        Ok(Written::Json)
    }
}

compounds! {
    Json => Written;
    SerializeTupleVariant: serialize_field() => item;
    SerializeStructVariant: serialize_field(name) => field;
}

impl ser::SerializeMap for Json {
    type Ok = Written;
    type Error = EncodeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), EncodeError> {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), EncodeError> {
        Ok(())
    }

    fn end(self) -> Result<Written, EncodeError> {
        self.finish()
    }
}

compounds! {
    List<'_> => Written;
    SerializeSeq: serialize_element() => item;
    SerializeTuple: serialize_element() => item;
    SerializeTupleStruct: serialize_field() => item;
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::{BTreeMap, VecDeque};
    use std::time::Duration;

    use bytes::Bytes;
    use serde::Serialize;
    use serde_json::json;

    use super::push_parts;

    /// Shows the parts as `type:content`.
    fn parts(value: impl Serialize) -> Result<Vec<String>, String> {
        let mut parts = Vec::new();
        push_parts(&value, &mut parts).map_err(|error| error.to_string())?;
        let shown = parts.iter().map(|part| {
            let body = String::from_utf8_lossy(part.body.as_bytes().unwrap());
            format!("{}:{body}", part.body.content_type().unwrap_or_default())
        });
        Ok(shown.collect())
    }

    fn file(content: &str) -> String {
        format!("application/octet-stream:{content}")
    }

    #[test]
    fn every_list_of_bytes_is_a_file() {
        let bytes = || b"ab".to_vec();
        for parts in [
            parts(bytes()),
            parts(&bytes()[..]),
            parts(*b"ab"),
            parts(b"ab"),
            parts(Cow::Borrowed(&b"ab"[..])),
            parts(bytes().into_boxed_slice()),
            parts(Some(bytes())),
            parts(VecDeque::from(bytes())),
            parts(Bytes::from_static(b"ab")),
            parts([Bytes::from_static(b"ab")]),
        ] {
            assert_eq!(parts, Ok(vec![file("ab")]));
        }
        for parts in [
            parts(Vec::<u8>::new()),
            parts(&[] as &[u8]),
            parts([0u8; 0]),
            parts(Some([0u8; 0])),
            parts(Some(Bytes::new())),
        ] {
            assert_eq!(parts, Ok(vec![file("")]));
        }
        let several = Ok(vec![file("a"), file(""), file("b")]);
        assert_eq!(parts([b"a".to_vec(), Vec::new(), b"b".to_vec()]), several);
        assert_eq!(
            parts(vec![Bytes::from_static(b"a"), Bytes::new(), Bytes::from_static(b"b")]),
            several
        );
        assert_eq!(parts([Some(&b"a"[..]), None, Some(b""), Some(b"b")]), several);
    }

    #[test]
    fn other_lists_are_a_part_per_item() {
        let text =
            |parts: &[&str]| Ok(parts.iter().map(|part| format!(":{part}")).collect::<Vec<_>>());
        assert_eq!(parts([1u16, 2]), text(&["1", "2"]));
        assert_eq!(parts(json!([1, "a", null, true, 2.5])), text(&["1", "a", "true", "2.5"]));
        assert_eq!(parts((1u8, "a", 2u8)), text(&["1", "a", "2"]));
        assert_eq!(parts((1u8, 2u8)), text(&["1", "2"]));
        assert_eq!(parts(Some((1u8, 2u8))), text(&["1", "2"]));
        assert_eq!(parts([std::num::Wrapping(1u8)]), text(&["1"]));
        assert_eq!(parts([0u16; 0]), text(&[]));
        assert_eq!(parts([Some(1u8), None]), text(&["1"]));
        assert_eq!(parts(Vec::<String>::new()), text(&[]));
        assert_eq!(parts(["a", ""]), text(&["a", ""]));
        assert_eq!(
            parts([vec!["a"], vec![]]),
            Ok(["[\"a\"]", "[]"].map(|json| format!("application/json:{json}")).to_vec())
        );
        assert_eq!(
            parts([BTreeMap::from([("a", Some(1))])]),
            Ok(vec!["application/json:{\"a\":1}".to_owned()])
        );
    }

    #[test]
    fn numbers_that_are_not_finite_and_times_are_refused() {
        assert_eq!(parts(f64::NAN).unwrap_err(), "is not a finite number");
        assert_eq!(parts([f32::INFINITY]).unwrap_err(), "is not a finite number");
        let nested = parts(BTreeMap::from([("a", f64::NAN)]));
        assert_eq!(nested.unwrap_err(), "contains a number that is not finite");
        assert!(parts(Duration::ZERO).unwrap_err().starts_with("cannot contain a `Duration`"));
    }
}
