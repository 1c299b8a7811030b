//! The content of a variant, for the derives whose variants hold nothing or one value.

use syn::ext::IdentExt as _;
use syn::{Fields, Type, Variant};

use crate::errors::Errors;

/// The type of the content, or `None` for a variant without fields.
pub(crate) type Payload = Option<Type>;

/// Reads the content of a variant, and reports other fields.
pub(crate) fn read(variant: &Variant, errors: &mut Errors) -> Payload {
    if let Fields::Unit = &variant.fields {
        return None;
    }
    let ty = only(&variant.fields);
    if ty.is_none() {
        let name = variant.ident.unraw();
        let mistake = format!(
            "a variant has no fields, or one without a name: write `{name}`, or `{name}(T)` with all fields in a \
             struct `T`"
        );
        errors.at(&variant.fields, mistake);
    }
    ty.cloned()
}

/// Returns the type of the only field, if it has no name.
pub(crate) fn only(fields: &Fields) -> Option<&Type> {
    match fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(&fields.unnamed[0].ty),
        _ => None,
    }
}
