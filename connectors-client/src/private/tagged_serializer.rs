//! Writes the fields of an object after a tag.

use std::fmt::Display;

use serde::ser::{Error as _, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::encode::is_number;

/// Name under which `serde_json` serializes a `RawValue`, the text of a whole value.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Writes the tag, and then the fields of the content. A field of the content with the tag's name
/// is left out, since it repeats the tag.
pub(super) struct TaggedSerializer<S> {
    pub(super) serializer: S,
    /// Field of the tag.
    pub(super) field: &'static str,
    pub(super) tag: &'static str,
}

impl<S: Serializer> TaggedSerializer<S> {
    /// Begins the object. Its length is unknown, since the content may have the tag.
    fn begin(self) -> Result<TaggedFields<S>, S::Error> {
        let mut map = self.serializer.serialize_map(None)?;
        map.serialize_entry(self.field, self.tag)?;
        Ok(TaggedFields::Object { map, field: self.field, is_tag: false })
    }

    #[cold]
    fn not_an_object<T>(self) -> Result<T, S::Error> {
        let Self { field, tag, .. } = self;
        Err(S::Error::custom(format_args!(
            "the content of `{tag}` is not an object, so it cannot have the field `{field}`"
        )))
    }
}

/// The fields of an object after its tag.
pub(super) enum TaggedFields<S: Serializer> {
    Object {
        map: S::SerializeMap,
        /// Field of the tag.
        field: &'static str,
        /// True between the key and the value of an entry that repeats the tag.
        is_tag: bool,
    },
    /// A `RawValue`, which is written unchanged. It was read with its tag.
    Raw(S::SerializeStruct),
}

macro_rules! not_objects {
    ($($method:ident($($argument:ty),*))*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<S::Ok, S::Error> {
            self.not_an_object()
        }
    )*};
}

impl<S: Serializer> Serializer for TaggedSerializer<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = TaggedFields<S>;
    type SerializeStruct = TaggedFields<S>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    fn is_human_readable(&self) -> bool {
        self.serializer.is_human_readable()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<TaggedFields<S>, S::Error> {
        self.begin()
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<TaggedFields<S>, S::Error> {
        if is_number(name) {
            return self.not_an_object();
        }
        if name == RAW_VALUE {
            return self.serializer.serialize_struct(name, len).map(TaggedFields::Raw);
        }
        self.begin()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    not_objects! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_i128(i128) serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_u128(u128) serialize_f32(f32) serialize_f64(f64) serialize_char(char) serialize_str(&str)
        serialize_bytes(&[u8]) serialize_none() serialize_unit() serialize_unit_struct(&'static str)
        serialize_unit_variant(&'static str, u32, &'static str)
    }

    // The default writes the text first.
    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Result<S::Ok, S::Error> {
        self.not_an_object()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        self.not_an_object()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        self.not_an_object()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, S::Error> {
        self.not_an_object()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        self.not_an_object()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        self.not_an_object()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        self.not_an_object()
    }
}

impl<S: Serializer> SerializeMap for TaggedFields<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        let Self::Object { map, field, is_tag } = self else { return Ok(()) };
        *is_tag = serde_json::to_value(key).is_ok_and(|key| key == *field);
        if *is_tag { Ok(()) } else { map.serialize_key(key) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        match self {
            Self::Object { map, is_tag: false, .. } => map.serialize_value(value),
            Self::Object { .. } | Self::Raw(_) => Ok(()),
        }
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        match self {
            Self::Object { map, .. } => map.end(),
            Self::Raw(raw) => raw.end(),
        }
    }
}

impl<S: Serializer> SerializeStruct for TaggedFields<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        match self {
            Self::Object { map, field, .. } if name != *field => map.serialize_entry(name, value),
            Self::Object { .. } => Ok(()),
            Self::Raw(raw) => raw.serialize_field(name, value),
        }
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        SerializeMap::end(self)
    }
}
