//! Reads the types of a source: structs, enums and aliases, with the attributes that decide their
//! JSON.

use std::collections::HashSet;

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, ExprLit, ExprRange, Fields, GenericParam, Generics, Ident, Item, ItemEnum,
    ItemStruct, Lit, Meta, Token, Variant,
};

use super::case;
use super::options::Options;
use super::rust_type::{Scope, shape, wrapper};
use crate::drift::declared::{ErrorNames, ErrorVariant, Place};
use crate::drift::shape::{
    Field, ResponseHeader, ResponseVariant, Shape, TypeDef, TypeKind, Union, Values,
};

/// Reads a type and returns it with its name.
pub(super) fn definition(
    item: &Item,
    file: &str,
    own: &HashSet<String>,
) -> Option<(String, TypeDef)> {
    let (ident, kind) = match item {
        Item::Struct(item) => (&item.ident, of_struct(item, file, own)),
        Item::Enum(item) => (&item.ident, of_enum(item, file, own)),
        Item::Type(item) => {
            let parameters = parameters(&item.generics);
            let scope = Scope { parameters: &parameters, own };
            (&item.ident, TypeKind::Alias(shape(&item.ty, scope)))
        }
        _ => return None,
    };
    let name = ident.unraw().to_string();
    Some((name.clone(), TypeDef { name, place: place(file, ident.span()), kind }))
}

/// Reads an enum that derives `ErrorClass`.
pub(super) fn error_names(item: &Item, file: &str, own: &HashSet<String>) -> Option<ErrorNames> {
    let Item::Enum(item) = item else { return None };
    if !derives(&item.attrs, "ErrorClass") {
        return None;
    }
    let variants = item.variants.iter().map(|variant| ErrorVariant {
        statuses: statuses(&variant.attrs).unwrap_or_default(),
        body: single(&variant.fields)
            .map(|ty| shape(ty, Scope { parameters: &[], own }).inner().clone()),
        place: place(file, variant.ident.span()),
    });
    Some(ErrorNames { name: item.ident.unraw().to_string(), variants: variants.collect() })
}

pub(super) fn place(file: &str, span: Span) -> Place {
    Place { file: file.to_owned(), line: span.start().line }
}

fn parameters(generics: &Generics) -> Vec<String> {
    let types = generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Type(parameter) => Some(parameter.ident.to_string()),
        _ => None,
    });
    types.collect()
}

fn of_struct(item: &ItemStruct, file: &str, own: &HashSet<String>) -> TypeKind {
    let (mut serde, parameters) = (Serde::read(&item.attrs), parameters(&item.generics));
    serde.skips_unset = has_attribute(&item.attrs, "skip_unset");
    let scope = Scope { parameters: &parameters, own };
    if derives(&item.attrs, "FromResponse") {
        let (headers, body) = response_fields(&item.fields, scope, file);
        let place = place(file, item.ident.span());
        return TypeKind::Responses(vec![ResponseVariant { place, statuses: None, headers, body }]);
    }
    if !is_data(&item.attrs) {
        return TypeKind::Opaque;
    }
    if serde.is_converted {
        return TypeKind::Json;
    }
    match &item.fields {
        Fields::Named(fields) => {
            let fields = fields.named.iter().filter_map(|field| {
                let read = field_of(field.ident.as_ref()?, field, &serde, scope, file)?;
                Some(Field { owner: item.ident.unraw().to_string(), ..read })
            });
            TypeKind::Struct(fields.collect())
        }
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            TypeKind::Alias(shape(&fields.unnamed[0].ty, scope))
        }
        _ => TypeKind::Json,
    }
}

fn field_of(
    ident: &Ident,
    field: &syn::Field,
    container: &Serde,
    scope: Scope<'_>,
    file: &str,
) -> Option<Field> {
    let serde = Serde::read(&field.attrs);
    if serde.is_skipped {
        return None;
    }
    let own_name = ident.unraw().to_string();
    let cased = |case: &Option<String>| {
        case.as_ref().map_or_else(|| own_name.clone(), |case| case::of_field(case, &own_name))
    };
    let received = serde.received.clone().unwrap_or_else(|| cased(&container.case_received));
    let sent = serde.sent.clone().unwrap_or_else(|| cased(&container.case_sent));
    // Functions of the user decide about the JSON, if there are some.
    let shape = if serde.is_converted {
        match shape(&field.ty, scope) {
            Shape::Optional(_) => Shape::Optional(Box::new(Shape::Unknown)),
            _ => Shape::Unknown,
        }
    } else {
        shape(&field.ty, scope)
    };
    // serde calls a function of the user only if there is a value.
    let is_optional = matches!(shape, Shape::Optional(_)) && !serde.is_read_by_function;
    let is_skipped = container.skips_unset
        && matches!(shape, Shape::Optional(_))
        && !has_attribute(&field.attrs, "null_if_none");
    let can_be_null = match wrapper(&field.ty) {
        Some(("Nullable", _)) => true,
        Some((_, inner)) => wrapper(inner).is_some(),
        None => false,
    };
    Some(Field {
        owner: String::new(),
        place: place(file, ident.span()),
        received: [vec![received], serde.aliases.clone()].concat(),
        sent,
        own_name,
        has_default: serde.has_default || container.has_default || is_optional,
        is_skipped_if: serde.is_skipped_if || is_skipped,
        can_be_null,
        is_flat: serde.is_flat,
        shape,
    })
}

fn of_enum(item: &ItemEnum, file: &str, own: &HashSet<String>) -> TypeKind {
    let parameters = parameters(&item.generics);
    let scope = Scope { parameters: &parameters, own };
    if derives(&item.attrs, "FromResponse") {
        return TypeKind::Responses(response_variants(item, scope, file));
    }
    if derives(&item.attrs, "OpenUnion") {
        return open_union(item, scope, file);
    }
    let is_open_enum = derives(&item.attrs, "OpenEnum");
    let ours = ours(&item.attrs, "open_enum");
    let serde = Serde::read(&item.attrs);
    if !is_open_enum && !is_data(&item.attrs) {
        return TypeKind::Opaque;
    }
    if !is_open_enum && (serde.is_converted || serde.is_untagged) {
        return TypeKind::Json;
    }
    let is_plain = |variant: &&Variant| matches!(variant.fields, Fields::Unit);
    if !is_open_enum && !item.variants.iter().all(|variant| is_plain(&variant)) {
        return serde
            .tag
            .clone()
            .map_or(TypeKind::Json, |tag| tagged(item, tag, &serde, scope, file));
    }
    let case = if is_open_enum { ours.text("rename_all") } else { serde.case_received.clone() };
    let (mut is_open, mut are_numbers) = (is_open_enum, false);
    let values = item.variants.iter().filter(is_plain).filter_map(|variant| {
        let own = Serde::read(&variant.attrs);
        is_open |= own.is_other;
        if own.is_other || own.is_skipped {
            return None;
        }
        let renamed = if is_open_enum {
            let own = self::ours(&variant.attrs, "open_enum");
            let number = own.text("number");
            are_numbers |= number.is_some();
            number.or_else(|| own.text("rename"))
        } else {
            own.received
        };
        Some((
            renamed.unwrap_or_else(|| cased(variant, case.as_deref())),
            place(file, variant.ident.span()),
        ))
    });
    let listed = values.collect();
    TypeKind::Values(Values { are_numbers, listed, is_open })
}

fn cased(variant: &Variant, case: Option<&str>) -> String {
    let name = variant.ident.unraw().to_string();
    case.map_or_else(|| name.clone(), |case| case::of_variant(case, &name))
}

fn open_union(item: &ItemEnum, scope: Scope<'_>, file: &str) -> TypeKind {
    let options = ours(&item.attrs, "open_union");
    let case = options.text("rename_all");
    let variants = item.variants.iter().filter_map(|variant| {
        let own = ours(&variant.attrs, "open_union");
        let value = own.text("rename").unwrap_or_else(|| cased(variant, case.as_deref()));
        let content = single(&variant.fields).map(|ty| shape(ty, scope));
        (!own.has("other") && !own.has("untagged"))
            .then(|| (value, content, place(file, variant.ident.span())))
    });
    TypeKind::Union(Union {
        tag: options.text("tag").unwrap_or_default(),
        content: options.text("content"),
        variants: variants.collect(),
    })
}

fn tagged(item: &ItemEnum, tag: String, serde: &Serde, scope: Scope<'_>, file: &str) -> TypeKind {
    let variants = item.variants.iter().filter_map(|variant| {
        let own = Serde::read(&variant.attrs);
        let value = own.received.unwrap_or_else(|| cased(variant, serde.case_received.as_deref()));
        // The fields of a struct variant are not compared.
        let content = match &variant.fields {
            Fields::Named(_) => Some(Shape::Unknown),
            fields => single(fields).map(|ty| shape(ty, scope)),
        };
        (!own.is_other).then(|| (value, content, place(file, variant.ident.span())))
    });
    let variants = variants.collect();
    TypeKind::Union(Union { tag, content: serde.content.clone(), variants })
}

fn response_variants(item: &ItemEnum, scope: Scope<'_>, file: &str) -> Vec<ResponseVariant> {
    let variants = item.variants.iter().map(|variant| {
        let (headers, body) = response_fields(&variant.fields, scope, file);
        let place = place(file, variant.ident.span());
        ResponseVariant { place, statuses: statuses(&variant.attrs), headers, body }
    });
    variants.collect()
}

type ResponseFields = (Vec<ResponseHeader>, Option<Shape>);

/// Reads the fields of a type that derives `FromResponse`: its headers and its body.
fn response_fields(fields: &Fields, scope: Scope<'_>, file: &str) -> ResponseFields {
    if let Some(body) = single(fields).filter(|_| matches!(fields, Fields::Unnamed(_))) {
        return (Vec::new(), Some(shape(body, scope)));
    }
    let headers = fields.iter().filter_map(|field| {
        let attribute = field.attrs.iter().find(|attribute| attribute.path().is_ident("header"))?;
        let name = attribute.parse_args::<syn::LitStr>().ok()?;
        let shape = shape(&field.ty, scope);
        let place = place(file, name.span());
        Some(ResponseHeader { name: name.value().to_lowercase(), shape, place })
    });
    let is_body = |field: &&syn::Field| field.attrs.iter().any(|own| own.path().is_ident("body"));
    let body = fields.iter().find(is_body).map(|field| shape(&field.ty, scope));
    (headers.collect(), body)
}

/// Returns the type of the only unnamed field.
fn single(fields: &Fields) -> Option<&syn::Type> {
    match fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(&fields.unnamed[0].ty),
        _ => None,
    }
}

/// Reads `#[status(404, 500..=599)]`. `#[status(other)]` is `None`.
fn statuses(attributes: &[Attribute]) -> Option<Vec<(u16, u16)>> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("status"))?;
    let list = attribute.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()?;
    let ranges = list.iter().map(|expression| match expression {
        Expr::Range(ExprRange { start: Some(start), end: Some(end), .. }) => {
            Some((number(start)?, number(end)?))
        }
        other => number(other).map(|status| (status, status)),
    });
    ranges.collect()
}

fn number(expression: &Expr) -> Option<u16> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}

fn is_data(attributes: &[Attribute]) -> bool {
    derives(attributes, "Serialize") || derives(attributes, "Deserialize")
}

/// Returns true if a type derives a trait, by the last word of its path.
fn derives(attributes: &[Attribute], name: &str) -> bool {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let mut paths = derives.flat_map(|attribute| {
        let paths = attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated);
        paths.unwrap_or_default()
    });
    paths.any(|path| path.segments.last().is_some_and(|last| last.ident == name))
}

/// Returns true if there is an attribute of this name, by the last word of its path.
fn has_attribute(attributes: &[Attribute], name: &str) -> bool {
    let mut paths = attributes.iter().map(Attribute::path);
    paths.any(|path| path.segments.last().is_some_and(|last| last.ident == name))
}

/// Reads the options of one of our derives.
fn ours(attributes: &[Attribute], name: &str) -> Options {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident(name));
    attribute.and_then(|attribute| attribute.parse_args().ok()).unwrap_or_default()
}

/// The attributes of serde on a type, a field or a variant.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of its own")]
struct Serde {
    /// Name in JSON that is sent.
    sent: Option<String>,
    /// Name in JSON that is received.
    received: Option<String>,
    aliases: Vec<String>,
    case_sent: Option<String>,
    case_received: Option<String>,
    tag: Option<String>,
    content: Option<String>,
    has_default: bool,
    is_flat: bool,
    is_skipped: bool,
    is_skipped_if: bool,
    is_untagged: bool,
    is_other: bool,
    /// True if functions or another type decide about the JSON.
    is_converted: bool,
    /// True if a function reads the value.
    is_read_by_function: bool,
    /// True for a struct with `#[skip_unset]`.
    skips_unset: bool,
}

impl Serde {
    fn read(attributes: &[Attribute]) -> Self {
        let mut read = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            let list = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            list.unwrap_or_default().iter().for_each(|meta| read.take(meta));
        }
        read
    }

    fn take(&mut self, meta: &Meta) {
        let name = meta.path().get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "rename" => (self.sent, self.received) = both(meta),
            "rename_all" => (self.case_sent, self.case_received) = both(meta),
            "alias" => self.aliases.extend(text(meta)),
            "tag" => self.tag = text(meta),
            "content" => self.content = text(meta),
            "default" => self.has_default = true,
            "flatten" => self.is_flat = true,
            "skip" | "skip_deserializing" => self.is_skipped = true,
            "skip_serializing_if" => self.is_skipped_if = true,
            "untagged" => self.is_untagged = true,
            "other" => self.is_other = true,
            // A function that only writes a secret does not change its type.
            "with" | "deserialize_with" => {
                (self.is_converted, self.is_read_by_function) = (true, true);
            }
            "from" | "try_from" | "into" | "remote" => self.is_converted = true,
            _ => {}
        }
    }
}

/// Reads `name = "text"`, or `name(serialize = "text", deserialize = "text")`.
fn both(meta: &Meta) -> (Option<String>, Option<String>) {
    if let Meta::List(list) = meta {
        let pairs = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        let pairs = pairs.unwrap_or_default();
        let of = |name| pairs.iter().find(|meta| meta.path().is_ident(name)).and_then(text);
        return (of("serialize"), of("deserialize"));
    }
    (text(meta), text(meta))
}

fn text(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
