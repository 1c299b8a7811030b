//! Encodes one value as text: a string, number, boolean, unit variant of an enum, or a type that
//! serializes as one of these. Also a list of them: in a header and in a segment of a path separated
//! by commas (RFC 9110 section 5.6.1, OpenAPI's style `simple`), and in the rest of a path an item
//! per segment.

#![expect(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the shared methods forward to methods that can fail in other serializers"
)]

use memchr::memmem;
use serde::ser::{Impossible, Serialize, Serializer};

use super::list_style;
use super::serializer_macros::{
    compounds, finite_floats, lists, nothing, scalars, unit_variants_as_text,
};
use super::special_structs::{check_time, is_tuple, is_u8, is_verbatim};
use super::{EncodeError, Encoding, TextEncoder};

/// Writes `value`. Returns false if there is none (`None` or unit).
pub(crate) fn scalar<T: Serialize + ?Sized>(
    value: &T,
    text: &mut TextEncoder<'_>,
) -> Result<bool, EncodeError> {
    value.serialize(ScalarSerializer {
        text,
        is_item: false,
        style: None,
        is_tuple: is_tuple::<T>(),
    })
}

/// Refuses NaN and infinities, which have no defined form in a request.
pub(crate) fn check_finite(value: f64) -> Result<(), EncodeError> {
    if value.is_finite() { Ok(()) } else { Err(EncodeError::not_finite()) }
}

struct ScalarSerializer<'a, 'b> {
    text: &'a mut TextEncoder<'b>,
    /// True for an item of a list. Such an item cannot be a list itself.
    is_item: bool,
    /// Separator of the items, if the type of the list selects it.
    style: Option<&'static str>,
    /// True for a tuple, whose `u8`s are numbers.
    is_tuple: bool,
}

/// Returns the separator that a type of list selects. An item that contains it is refused, also if
/// both are encoded.
fn separator(style: &str, encoding: Encoding) -> Option<&'static str> {
    let is_plain = encoding == Encoding::Plain;
    match style {
        list_style::COMMA => Some(","),
        list_style::SPACE => Some(if is_plain { " " } else { "%20" }),
        list_style::PIPE => Some(if is_plain { "|" } else { "%7C" }),
        _ => None,
    }
}

fn not_one_value<T>(what: &str) -> Result<T, EncodeError> {
    Err(EncodeError::new(format!("must be one value, not {what}")))
}

/// Refuses values that have several parts.
macro_rules! refused {
    ($($method:ident($($argument:ty),*) -> $compound:ident: $what:literal;)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<Self::$compound, EncodeError> {
            not_one_value($what)
        }
    )*};
}

impl<'a, 'b> ScalarSerializer<'a, 'b> {
    fn display(self, value: &dyn std::fmt::Display) -> Result<bool, EncodeError> {
        self.text.write(value).map(|()| true)
    }

    fn nothing(self) -> Result<bool, EncodeError> {
        Ok(false)
    }

    /// Begins a list. An array is one too.
    fn items(self) -> Result<Items<'a, 'b>, EncodeError> {
        if self.is_item {
            return not_one_value("a list");
        }
        let place = self.text.encoding;
        let by_place = if place == Encoding::Segments { "/" } else { "," };
        if place == Encoding::Segments {
            // A slash in an item adds no segment.
            self.text.encoding = Encoding::Segment;
        }
        Ok(Items {
            text: self.text,
            place,
            separator: self.style.unwrap_or(by_place),
            any: false,
            is_sent: self.style.is_some(),
            is_bytes: self.style.is_none() && !self.is_tuple,
        })
    }
}

impl<'a, 'b> Serializer for ScalarSerializer<'a, 'b> {
    type Ok = bool;
    type Error = EncodeError;
    type SerializeSeq = Items<'a, 'b>;
    type SerializeTuple = Items<'a, 'b>;
    type SerializeTupleStruct = Impossible<bool, EncodeError>;
    type SerializeTupleVariant = Impossible<bool, EncodeError>;
    type SerializeMap = Impossible<bool, EncodeError>;
    type SerializeStruct = Struct<'a, 'b>;
    type SerializeStructVariant = Impossible<bool, EncodeError>;

    scalars! { bool => display, serialize_u8: u8, serialize_char: char }
    finite_floats! { bool => display }
    nothing! { bool => nothing }
    unit_variants_as_text! { bool }
    lists! { Items<'a, 'b> => items: serialize_seq(Option<usize>), serialize_tuple(usize) }

    refused! {
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct: "a tuple";
        serialize_map(Option<usize>) -> SerializeMap: "a map";
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant:
            "a variant with data";
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant:
            "a variant with data";
    }

    fn serialize_str(self, value: &str) -> Result<bool, EncodeError> {
        self.text.push(value);
        Ok(true)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<bool, EncodeError> {
        Err(EncodeError::bytes())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<bool, EncodeError> {
        value.serialize(ScalarSerializer { is_tuple: is_tuple::<T>(), ..self })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<bool, EncodeError> {
        if name == list_style::BRACKETS {
            let mistake = "is `Bracketed`, and only the names of pairs can have brackets: send the list without it";
            return Err(EncodeError::new(mistake));
        }
        let style = separator(name, self.text.encoding).or(self.style);
        value.serialize(ScalarSerializer { style, is_tuple: is_tuple::<T>(), ..self })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<bool, EncodeError> {
        not_one_value("a variant with data")
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Struct<'a, 'b>, EncodeError> {
        Ok(Struct { text: self.text, name, is_item: self.is_item })
    }

    fn collect_str<T: std::fmt::Display + ?Sized>(self, value: &T) -> Result<bool, EncodeError> {
        self.display(&value)
    }
}

/// A struct, which is one value only if `serde_json` wraps text in it.
struct Struct<'a, 'b> {
    text: &'a mut TextEncoder<'b>,
    name: &'static str,
    is_item: bool,
}

impl Struct<'_, '_> {
    fn field<T: Serialize + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        if is_verbatim(self.name) {
            let serializer = ScalarSerializer {
                text: self.text,
                is_item: self.is_item,
                style: None,
                is_tuple: false,
            };
            return value.serialize(serializer).map(drop);
        }
        check_time(self.name, field)?;
        not_one_value("a struct")
    }

    fn finish(self) -> Result<bool, EncodeError> {
        // A struct without fields gets here too.
        if is_verbatim(self.name) { Ok(true) } else { not_one_value("a struct") }
    }
}

compounds! {
    Struct<'_, '_> => bool;
    SerializeStruct: serialize_field(name) => field;
}

/// Items of a list. `None`s are left out. An empty list is no value, unless a type selects its
/// style.
struct Items<'a, 'b> {
    text: &'a mut TextEncoder<'b>,
    /// Encoding of the list.
    place: Encoding,
    separator: &'static str,
    any: bool,
    /// True if the list is sent even if it has no items.
    is_sent: bool,
    /// True as long as all items are `u8`, so that the list may be bytes.
    is_bytes: bool,
}

impl Items<'_, '_> {
    /// Refuses an item that the server would read as another one or as several.
    fn check(&self, item: &[u8]) -> Result<(), EncodeError> {
        let is_plain = self.place == Encoding::Plain;
        // Readers of a list remove the blanks around its items (RFC 9110 section 5.6.1).
        let is_blank = item.is_empty() || (is_plain && item.trim_ascii() != item);
        let is_quoted = is_plain && item.contains(&b'"');
        if !is_blank && !is_quoted && memmem::find(item, self.separator.as_bytes()).is_none() {
            return Ok(());
        }
        let separator = match self.separator {
            "," => "a comma",
            "/" => "a slash",
            " " | "%20" => "a space",
            _ => "a bar",
        };
        let (blank, quote) =
            if is_plain { (", begins or ends with a blank", " or a quote") } else { ("", "") };
        Err(EncodeError::new(format!(
            "has an item that is empty{blank} or contains {separator}{quote}, so that the server would read other items"
        )))
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        let start = self.text.out.len();
        if self.any {
            self.text.out.extend_from_slice(self.separator.as_bytes());
        }
        let item = self.text.out.len();
        let serializer =
            ScalarSerializer { text: self.text, is_item: true, style: None, is_tuple: false };
        if !value.serialize(serializer)? {
            self.text.out.truncate(start);
            return Ok(());
        }
        // The buffer has only grown since `item` was taken.
        self.check(&self.text.out[item..])?;
        self.any = true;
        self.is_bytes &= is_u8::<T>();
        Ok(())
    }

    fn finish(self) -> Result<bool, EncodeError> {
        if self.is_bytes && self.any {
            return Err(EncodeError::list_of_bytes());
        }
        self.text.encoding = self.place;
        Ok(self.any || self.is_sent)
    }
}

compounds! {
    Items<'_, '_> => bool;
    SerializeSeq: serialize_element() => push;
    SerializeTuple: serialize_element() => push;
}
