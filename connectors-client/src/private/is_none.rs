//! Finds out if a value serializes as none.

#![expect(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the shared methods forward to methods that can fail in other serializers"
)]

use std::fmt;

use serde::ser::{Impossible, Serialize, Serializer};

use crate::encode::EncodeError;
use crate::encode::serializer_macros::{
    lists, scalars, transparent, unit_variants_as_text, variants,
};

/// A serializer that returns true for `None`. It fails for a value that has parts.
pub(super) struct IsNone;

type Never = Impossible<bool, EncodeError>;

impl IsNone {
    fn something(self, _: &dyn fmt::Display) -> Result<bool, EncodeError> {
        Ok(false)
    }

    fn parts(self) -> Result<Never, EncodeError> {
        Err(EncodeError::new(String::new()))
    }

    fn variant(self, _: &str) -> Result<Never, EncodeError> {
        self.parts()
    }
}

impl Serializer for IsNone {
    type Ok = bool;
    type Error = EncodeError;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    scalars! {
        bool => something,
        serialize_u8: u8, serialize_f32: f32, serialize_f64: f64, serialize_char: char,
        serialize_str: &str
    }
    unit_variants_as_text! { bool }
    transparent! { bool: serialize_some(), serialize_newtype_struct(&'static str) }
    lists! {
        Never => parts:
        serialize_seq(Option<usize>), serialize_tuple(usize),
        serialize_tuple_struct(&'static str, usize), serialize_map(Option<usize>),
        serialize_struct(&'static str, usize)
    }
    variants! {
        serialize_tuple_variant => variant: Never,
        serialize_struct_variant => variant: Never
    }

    fn serialize_none(self) -> Result<bool, EncodeError> {
        Ok(true)
    }

    fn serialize_unit(self) -> Result<bool, EncodeError> {
        Ok(false)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<bool, EncodeError> {
        Ok(false)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<bool, EncodeError> {
        Ok(false)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<bool, EncodeError> {
        Ok(false)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<bool, EncodeError> {
        Ok(false)
    }
}
