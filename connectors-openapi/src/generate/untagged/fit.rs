//! Compares structs: if serde can read an object of one as another one, and what is lost then.

use super::super::plan::{Def, DefKind, Field, Ty, Variant};

/// Depth to which the types of fields are compared.
const MAX_DEPTH: usize = 4;
/// Depth that a union counts as.
const UNION: usize = 2;
/// Maximum number of variants of a union that are compared.
const MAX_VARIANTS: usize = 32;

/// Returns true if serde needs a field. It reads an `Option` that is not there as `None`.
pub(super) fn is_demanded(field: &Field) -> bool {
    field.required && !(field.nullable && field.ty != Ty::Any)
}

/// The members of an object, to compare others with them.
#[derive(Clone, Copy)]
pub(super) struct Members<'d> {
    pub(super) fields: &'d [Field],
    /// Members that the unions around the object write.
    pub(super) tags: &'d [String],
    /// True if other members have a place.
    pub(super) is_open: bool,
}

impl<'d> Members<'d> {
    /// Returns the members of a type that is a struct.
    pub(super) fn of(defs: &'d [Def], ty: &Ty) -> Option<Self> {
        let Ty::Named(id) = ty else { return None };
        let Def { kind: DefKind::Struct { fields, more, .. }, tags, .. } = &defs[*id] else {
            return None;
        };
        Some(Self { fields, tags, is_open: more.is_some() })
    }
}

/// Returns true if an object with the members of another struct can be read as one of these fields.
pub(super) fn fits(defs: &[Def], own: &[Field], other: Members<'_>, depth: usize) -> bool {
    own.iter().filter(|field| is_demanded(field)).all(|field| {
        match other.fields.iter().find(|other| other.name == field.name) {
            Some(other) => can_be(defs, &field.ty, &other.ty, depth),
            None => other.is_open || other.tags.contains(&field.name),
        }
    })
}

/// Returns true if a struct of the first fields has no place for some of the others, itself or within.
pub(super) fn drops(defs: &[Def], own: Members<'_>, others: &[Field], depth: usize) -> bool {
    others.iter().any(|other| match own.fields.iter().find(|field| field.name == other.name) {
        Some(field) => drops_within(defs, &field.ty, &other.ty, depth),
        None => !own.is_open && !own.tags.contains(&other.name),
    })
}

fn drops_within(defs: &[Def], own: &Ty, other: &Ty, depth: usize) -> bool {
    if own == other || depth > MAX_DEPTH {
        return false;
    }
    match (own, other) {
        (Ty::List(own), Ty::List(other)) | (Ty::Map(own), Ty::Map(other)) => {
            drops_within(defs, own, other, depth + 1)
        }
        (Ty::OrNull(own), other) => drops_within(defs, own, other, depth + 1),
        (own, Ty::OrNull(other)) => drops_within(defs, own, other, depth + 1),
        _ => match (Members::of(defs, own), Members::of(defs, other)) {
            (Some(own), Some(other)) => drops(defs, own, other.fields, depth + 1),
            (Some(own), None) if matches!(other, Ty::Object | Ty::Map(_)) => !own.is_open,
            _ => drops_variant(defs, own, other, depth + UNION),
        },
    }
}

/// Returns true if a variant of one of two types is read with a loss, if one of them is a union.
fn drops_variant(defs: &[Def], own: &Ty, other: &Ty, depth: usize) -> bool {
    let takes = |own: &Ty, other: &Ty| can_be(defs, own, other, depth);
    if let Some(variants) = variants(defs, other) {
        let mut variants = variants.iter().take(MAX_VARIANTS);
        return variants.any(|one| takes(own, &one.ty) && drops_within(defs, own, &one.ty, depth));
    }
    let first = variants(defs, own).and_then(|own| own.iter().find(|one| takes(&one.ty, other)));
    first.is_some_and(|first| drops_within(defs, &first.ty, other, depth))
}

fn variants<'d>(defs: &'d [Def], ty: &Ty) -> Option<&'d [Variant]> {
    let Ty::Named(id) = ty else { return None };
    match &defs[*id].kind {
        DefKind::Untagged(variants) => Some(variants),
        _ => None,
    }
}

/// Returns true if a value of the second type can be one of the first.
fn can_be(defs: &[Def], own: &Ty, other: &Ty, depth: usize) -> bool {
    if own == other {
        return true;
    }
    let (Some(form), Some(other_form)) = (form(defs, own), form(defs, other)) else { return true };
    if form != other_form || depth > MAX_DEPTH {
        return form == other_form;
    }
    match (own, other) {
        (Ty::List(own), Ty::List(other)) => can_be(defs, own, other, depth + 1),
        (Ty::OrNull(own), other) => can_be(defs, own, other, depth + 1),
        (own, Ty::OrNull(other)) => can_be(defs, own, other, depth + 1),
        _ => match (Members::of(defs, own), Members::of(defs, other)) {
            (Some(own), Some(other)) => fits(defs, own.fields, other, depth + 1),
            // A map with just these members is unlikely.
            (Some(own), None) if matches!(other, Ty::Object | Ty::Map(_)) => {
                !own.fields.iter().any(is_demanded)
            }
            _ => true,
        },
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    Text,
    Bool,
    Number,
    List,
    Object,
}

/// Returns the form of the JSON of a type, if there is only one.
pub(super) fn form(defs: &[Def], ty: &Ty) -> Option<Form> {
    match ty {
        Ty::Text | Ty::Secret | Ty::Timestamp | Ty::Date => Some(Form::Text),
        Ty::Bool => Some(Form::Bool),
        Ty::Number(_) => Some(Form::Number),
        Ty::List(_) => Some(Form::List),
        Ty::Object | Ty::Map(_) => Some(Form::Object),
        Ty::OrNull(inner) => form(defs, inner),
        Ty::Named(id) => match defs[*id].kind {
            DefKind::Enum(_) => Some(Form::Text),
            DefKind::Numbers(_) => Some(Form::Number),
            DefKind::Struct { .. } => Some(Form::Object),
            _ => None,
        },
        Ty::Nothing | Ty::Any | Ty::Applied(..) | Ty::Parameter | Ty::Custom(_) => None,
    }
}
