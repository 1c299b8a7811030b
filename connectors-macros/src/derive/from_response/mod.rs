//! `#[derive(FromResponse)]`: a struct of parts of a response, or an enum with a variant per
//! status.

mod expand;

use proc_macro2::{Ident, TokenStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Data, DeriveInput, Fields, Generics, LitStr, Member, Path, Token, Type, Variant,
};

use super::status::{StatusArms, StatusRange};
use crate::errors::Errors;
use crate::syntax::{options, value};

const RANGE: StatusRange = StatusRange {
    holds: |code| matches!(code, 200..=299 | 302..=304 | 400..=407 | 409..=428 | 430..=499),
    left_out: &[401, 408, 429],
    otherwise: "cannot be read as a result, only 200 to 299, 302 to 304, and 400 to 499 without 408 and 429 can: any other status belongs in an enum with `#[derive(ErrorClass)]`",
    example: "200",
};

/// Attributes that name the source of a field.
const SOURCES: [&str; 3] = ["header", "status", "body"];

const ON_FIELD: &str = "this belongs on a field: move it there";

/// A type that is read from a response.
struct ResponseType {
    ident: Ident,
    generics: Generics,
    /// Path of the runtime crate.
    root: Path,
    shape: Shape,
}

/// The fields of a struct, or the variants of an enum.
enum Shape {
    Struct(Vec<Field>),
    Enum { variants: Vec<(Ident, Vec<Field>)>, arms: StatusArms },
}

/// A field, and the part of the response it holds.
struct Field {
    member: Member,
    ty: Type,
    source: Source,
}

enum Source {
    /// A header, by its name in lowercase, and the module that reads it.
    Header {
        name: String,
        with: Option<Path>,
    },
    Status,
    Body,
}

/// Reads, checks and expands a type. With a mistake it gets an implementation that reads nothing,
/// so that its uses do not produce follow-up errors.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let root = options::root(&input.attrs, "from_response", &mut errors);
    let mut shape = read(&input, &mut errors);
    if errors.count() > 0 {
        shape = Shape::Enum { variants: Vec::new(), arms: StatusArms::default() };
    }
    let mut expanded = expand::derived(&ResponseType {
        ident: input.ident,
        generics: input.generics,
        root,
        shape,
    });
    expanded.extend(errors.into_tokens());
    expanded
}

fn read(input: &DeriveInput, errors: &mut Errors) -> Shape {
    match &input.data {
        Data::Struct(data) => {
            check_struct(&input.attrs, errors);
            Shape::Struct(read_fields(&data.fields, errors))
        }
        Data::Enum(data) => {
            let of_variant = "a status belongs on a variant: move it there";
            check_misplaced(&input.attrs, &["status"], of_variant, errors);
            check_misplaced(&input.attrs, &["header", "body"], ON_FIELD, errors);
            if data.variants.is_empty() {
                errors.at(
                    &input.ident,
                    "an enum without variants reads no response: add one, such as `#[status(200)] Done(T)`",
                );
            }
            read_variants(&data.variants, errors)
        }
        Data::Union(data) => {
            errors.at(
                &data.union_token,
                "`FromResponse` is derived for an enum with a variant per status, or for a struct",
            );
            Shape::Struct(Vec::new())
        }
    }
}

fn check_struct(attributes: &[Attribute], errors: &mut Errors) {
    check_misplaced(attributes, &["header", "body"], ON_FIELD, errors);
    let of_enum = "a struct is read from every success: remove this, or derive for an enum with a variant per status";
    check_misplaced(attributes, &["status"], of_enum, errors);
}

fn check_misplaced(attributes: &[Attribute], names: &[&str], message: &str, errors: &mut Errors) {
    for attribute in attributes {
        if names.iter().any(|name| attribute.path().is_ident(name)) {
            errors.at(attribute, message);
        }
    }
}

fn read_variants(variants: &Punctuated<Variant, Token![,]>, errors: &mut Errors) -> Shape {
    let mut arms = StatusArms::default();
    let mut read = Vec::new();
    for variant in variants {
        arms.read(variant, &RANGE, errors);
        check_misplaced(&variant.attrs, &["header", "body"], ON_FIELD, errors);
        read.push((variant.ident.clone(), read_fields(&variant.fields, errors)));
    }
    Shape::Enum { variants: read, arms }
}

fn read_fields(fields: &Fields, errors: &mut Errors) -> Vec<Field> {
    if let (Fields::Unnamed(_), Some(second)) = (fields, fields.iter().nth(1)) {
        errors.at(
            &second.ty,
            "only one field can be without a name, the body: name all fields, and add to each `#[header(\"X-Name\")]`, \
             `#[status]` or `#[body]`",
        );
        return Vec::new();
    }
    let mut read: Vec<Field> = Vec::new();
    for (field, member) in fields.iter().zip(fields.members()) {
        let Some(source) = source(field, errors) else { continue };
        let body = field.attrs.iter().find(|attribute| attribute.path().is_ident("body"));
        if let (Source::Body, Some(body)) = (&source, body)
            && read.iter().any(|other| matches!(other.source, Source::Body))
        {
            errors.at(body, "a second `#[body]`: a response has one, remove this");
        }
        read.push(Field { member, ty: field.ty.clone(), source });
    }
    read
}

/// Shape the source of a field, and reports mistakes.
fn source(field: &syn::Field, errors: &mut Errors) -> Option<Source> {
    let mut attributes = field
        .attrs
        .iter()
        .filter(|attribute| SOURCES.iter().any(|name| attribute.path().is_ident(name)));
    let first = attributes.next();
    if let Some(second) = attributes.next() {
        errors.at(second, "a field has one source: remove one attribute");
        return None;
    }
    let is_header = first.is_some_and(|first| first.path().is_ident("header"));
    if !is_header {
        check_misplaced(
            &field.attrs,
            &["with"],
            "this reads a header: add `#[header(\"X-Name\")]`, or remove it",
            errors,
        );
    }
    match (&field.ident, first) {
        (_, Some(attribute)) if attribute.path().is_ident("body") => {
            check_alone(attribute, "the field is the whole body: write `#[body]` alone", errors);
            Some(Source::Body)
        }
        (None, None) => Some(Source::Body),
        (None, Some(attribute)) => {
            errors.at(
                attribute,
                "a field without a name is the body: to read something else, give it a name, `{ name: T }`",
            );
            None
        }
        (Some(_), Some(attribute)) if attribute.path().is_ident("status") => {
            let alone = "`#[status]` of a field is written alone: numbers belong on variants";
            check_alone(attribute, alone, errors);
            Some(Source::Status)
        }
        (Some(_), Some(attribute)) => {
            let with = options::named(&field.attrs, "with").next();
            let with = with.and_then(|with| value::with_module(with, errors));
            header(attribute, errors).map(|name| Source::Header { name, with })
        }
        (Some(ident), None) => {
            let way_out = "add `#[header(\"X-Name\")]`, `#[status]` or `#[body]`";
            errors.at(ident, format!("`{ident}` has no source: {way_out}"));
            None
        }
    }
}

fn check_alone(attribute: &Attribute, message: &str, errors: &mut Errors) {
    if attribute.meta.require_path_only().is_err() {
        errors.at(attribute, message);
    }
}

fn header(attribute: &Attribute, errors: &mut Errors) -> Option<String> {
    let name: LitStr = options::attribute_text(attribute, "#[header(\"X-Name\")]", errors)?;
    value::header_name(&name, errors)
}

impl ResponseType {
    /// Returns all fields of all variants.
    fn fields(&self) -> Vec<&Field> {
        match &self.shape {
            Shape::Struct(fields) => fields.iter().collect(),
            Shape::Enum { variants, .. } => {
                variants.iter().flat_map(|(_, fields)| fields).collect()
            }
        }
    }
}

/// Returns the field that is the body.
fn body(fields: &[Field]) -> Option<&Field> {
    fields.iter().find(|field| matches!(field.source, Source::Body))
}
