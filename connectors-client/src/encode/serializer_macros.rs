//! Methods that serializers have in common, each written once: it forwards to one method of the
//! serializer.

/// Forwards the scalars, except for floats and texts: a reference to the value is written by one
/// method. `u8`, `char` and `str` are named if they are written the same way.
macro_rules! scalars {
    ($ok:ty => $write:ident $(, $method:ident: $type:ty)*) => {
        scalars! { @methods $ok => $write,
            serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
            serialize_i64: i64, serialize_i128: i128, serialize_u16: u16, serialize_u32: u32,
            serialize_u64: u64, serialize_u128: u128 $(, $method: $type)*
        }
    };
    (@methods $ok:ty => $write:ident, $($method:ident: $type:ty),*) => {$(
        fn $method(self, value: $type) -> Result<$ok, EncodeError> {
            self.$write(&value)
        }
    )*};
}

/// Forwards floats, after refusing those that are not finite.
macro_rules! finite_floats {
    ($ok:ty => $write:ident) => {
        fn serialize_f32(self, value: f32) -> Result<$ok, EncodeError> {
            check_finite(value.into())?;
            self.$write(&value)
        }

        fn serialize_f64(self, value: f64) -> Result<$ok, EncodeError> {
            check_finite(value)?;
            self.$write(&value)
        }
    };
}

/// Forwards `None` and unit.
macro_rules! nothing {
    ($ok:ty => $write:ident) => {
        fn serialize_none(self) -> Result<$ok, EncodeError> {
            self.$write()
        }

        fn serialize_unit(self) -> Result<$ok, EncodeError> {
            self.$write()
        }

        fn serialize_unit_struct(self, _: &'static str) -> Result<$ok, EncodeError> {
            self.$write()
        }
    };
}

/// Writes a variant without data as the text of its name.
macro_rules! unit_variants_as_text {
    ($ok:ty) => {
        fn serialize_unit_variant(
            self,
            _: &'static str,
            _: u32,
            variant: &'static str,
        ) -> Result<$ok, EncodeError> {
            self.serialize_str(variant)
        }
    };
}

/// Writes wrapped values like the value itself.
macro_rules! transparent {
    ($ok:ty: $($method:ident($($argument:ty)?)),*) => {$(
        fn $method<T: Serialize + ?Sized>(
            self,
            $(_: $argument,)?
            value: &T,
        ) -> Result<$ok, EncodeError> {
            value.serialize(self)
        }
    )*};
}

/// Begins each kind of list by one method.
macro_rules! lists {
    ($list:ty => $begin:ident: $($method:ident($($argument:ty),*)),*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$list, EncodeError> {
            self.$begin()
        }
    )*};
}

/// Begins each kind of variant with several fields by one method, which takes the variant's name.
macro_rules! variants {
    ($($method:ident => $begin:ident: $variant:ty),*) => {$(
        fn $method(
            self,
            _: &'static str,
            _: u32,
            variant: &'static str,
            _: usize,
        ) -> Result<$variant, EncodeError> {
            self.$begin(variant)
        }
    )*};
}

/// Writes the items or fields of a list or object by one method, and ends it by `finish`.
macro_rules! compounds {
    ($compound:ty => $ok:ty; $($trait:ident: $method:ident($($name:ident)?) => $write:ident;)*) => {$(
        impl serde::ser::$trait for $compound {
            type Ok = $ok;
            type Error = EncodeError;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($name: &'static str,)?
                value: &T,
            ) -> Result<(), EncodeError> {
                self.$write($($name,)? value)
            }

            fn end(self) -> Result<$ok, EncodeError> {
                self.finish()
            }
        }
    )*};
}

pub(crate) use {
    compounds, finite_floats, lists, nothing, scalars, transparent, unit_variants_as_text, variants,
};
