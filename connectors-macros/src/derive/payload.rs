//! What a variant holds, for the derives whose variants hold nothing or one thing.

use syn::ext::IdentExt as _;
use syn::{Fields, Type, Variant};

use crate::errors::Errors;

/// The type of what is held; nothing where it is ignored.
pub(crate) type Payload = Option<Type>;

/// Reads what a variant holds; other fields are reported.
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

/// The type of the only field, which has no name.
pub(crate) fn only(fields: &Fields) -> Option<&Type> {
    match fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(&fields.unnamed[0].ty),
        _ => None,
    }
}
