//! `#[skip_unset]`: leaves the unset fields of a struct out of its JSON.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{Attribute, Field, Fields, Item, Path, Type, parse_quote};

use crate::errors::Errors;
use crate::syntax::rust_type::{Presence, any, is_word, peeled, presence};

/// Name of the attribute of a field that is written as null.
const NULL: &str = "null_if_none";

/// Options of serde that decide about a field already.
const DECIDED: [&str; 4] = ["skip_serializing_if", "skip_serializing", "skip", "flatten"];

/// ```text
/// #[skip_unset]
/// #[derive(Serialize)]
/// struct Patch { name: Option<String>, note: Nullable<String> }
///
/// #[derive(Serialize)]
/// struct Patch {
///     #[serde(skip_serializing_if = "Option::is_none")] name: Option<String>,
///     #[serde(skip_serializing_if = "Nullable::is_unset", default)] note: Nullable<String>,
/// }
/// ```
///
/// The functions are named by the path of the field's type, which the user has in scope.
pub(crate) fn expand(arguments: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    if !arguments.is_empty() {
        errors.at(arguments, "`#[skip_unset]` has no options: remove the parentheses");
    }
    let mut expanded = match syn::parse2::<Item>(item.clone()) {
        Ok(parsed) => of_item(parsed, &mut errors),
        Err(error) => {
            errors.push(error);
            item.clone()
        }
    };
    expanded.extend(errors.into_tokens());
    expanded
}

fn of_item(mut item: Item, errors: &mut Errors) -> TokenStream {
    let (attributes, name, mut fields): (&[Attribute], _, Vec<&mut Field>) = match &mut item {
        Item::Struct(item) => (&item.attrs, &item.ident, named(&mut item.fields).collect()),
        Item::Enum(item) => {
            let fields = item.variants.iter_mut().flat_map(|one| named(&mut one.fields));
            (&item.attrs, &item.ident, fields.collect())
        }
        other => {
            errors.at(other, "`#[skip_unset]` belongs on a struct or an enum with named fields");
            return item.into_token_stream();
        }
    };
    let serializes = attributes.iter().any(derives_serialize);
    let mut found = 0;
    for field in &mut fields {
        found += usize::from(read_field(field, serializes, errors));
    }
    if !serializes {
        errors.at(name, "`#[skip_unset]` has no effect here: put it above `#[derive(Serialize)]`");
    } else if found == 0 {
        errors.at(
            name,
            "no field is written as `Option<..>` or `Nullable<..>`: remove `#[skip_unset]`",
        );
    }
    item.into_token_stream()
}

fn named(fields: &mut Fields) -> impl Iterator<Item = &mut Field> {
    let is_named = matches!(fields, Fields::Named(_));
    fields.iter_mut().filter(move |_| is_named)
}

/// Returns true for a `derive` with `Serialize`, also within `cfg_attr`.
fn derives_serialize(attribute: &Attribute) -> bool {
    let is_derive = attribute.path().is_ident("derive") || attribute.path().is_ident("cfg_attr");
    let tokens = attribute.meta.to_token_stream();
    is_derive && any(tokens, &|token| is_word(token, "Serialize"))
}

/// Adds the attribute of serde to a field that can be unset. Returns true for such a field. Without
/// the derive of serde the attribute would be a second mistake.
fn read_field(field: &mut Field, serializes: bool, errors: &mut Errors) -> bool {
    let count = field.attrs.len();
    let mut null = None;
    field.attrs.retain(|attribute| {
        let is_null = attribute.path().is_ident(NULL);
        if is_null {
            null = Some(attribute.clone());
        }
        !is_null
    });
    if count > field.attrs.len() + 1 {
        errors.at(&null, format!("duplicate `#[{NULL}]`: remove one"));
    }
    let (presence, _) = presence(&field.ty);
    match (presence, null) {
        (Presence::Optional, Some(_)) => return true,
        (_, Some(attribute)) => errors.at(
            &attribute,
            format!("`#[{NULL}]` belongs on a field of type `Option<..>`, whose `None` is null"),
        ),
        _ => {}
    }
    let unset = match presence {
        Presence::Required => return false,
        Presence::Optional => "is_none",
        Presence::Nullable => "is_unset",
    };
    let Some(path) = path(&field.ty) else { return false };
    if !serializes || DECIDED.iter().any(|option| has_option(field, option)) {
        return true;
    }
    let function = format!("{path}::{unset}");
    let is_missing = presence == Presence::Nullable && !has_option(field, "default");
    let default = is_missing.then(|| quote!(, default));
    field.attrs.push(parse_quote!(#[serde(skip_serializing_if = #function #default)]));
    true
}

/// Returns the path of a type without its parameters.
fn path(ty: &Type) -> Option<String> {
    let Type::Path(path) = peeled(ty) else { return None };
    let Path { leading_colon, segments } = &path.path;
    let names: Vec<String> = segments.iter().map(|segment| segment.ident.to_string()).collect();
    let start = if leading_colon.is_some() { "::" } else { "" };
    path.qself.is_none().then(|| format!("{start}{}", names.join("::")))
}

/// Returns true if an attribute of serde on a field has an option.
fn has_option(field: &Field, name: &str) -> bool {
    let mut serde = field.attrs.iter().filter(|attribute| {
        attribute.path().is_ident("serde") || attribute.path().is_ident("cfg_attr")
    });
    serde.any(|attribute| any(attribute.meta.to_token_stream(), &|token| is_word(token, name)))
}
