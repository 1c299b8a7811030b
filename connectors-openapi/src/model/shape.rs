//! The shape of a schema: what its values look like, with references followed and `allOf` merged.

use std::collections::HashSet;

use super::members::{Required, object};
use super::{Additional, Document, Property, Schema, SchemaId, Type};

/// Maximum number of schemas that one shape is made of.
const MAX_PARTS: usize = 2_000;
/// Maximum number of variants of a union. A larger one is any value.
pub(super) const MAX_VARIANTS: usize = 250;

pub(crate) enum Shape {
    Any,
    Text,
    Bool,
    Integer,
    Number,
    /// One of the texts that the schema lists.
    Choice,
    List(Option<SchemaId>),
    /// An object with named members.
    Struct,
    /// An object without named members.
    Map(Option<SchemaId>),
    Union(Vec<SchemaId>),
}

/// A schema that says nothing of its own, so that another one stands in its place.
fn next(document: &Document, id: SchemaId) -> Option<SchemaId> {
    let schema = document.schema(id);
    if !schema.properties.is_empty() {
        return None;
    }
    if !schema.values.is_empty() {
        // Some descriptions write the values of another schema out beside it.
        let part = schema.reference.or(schema.all_of.first().copied())?;
        let is_equal = |other: &Schema| {
            other.values.len() == schema.values.len()
                && other.values.iter().all(|value| schema.values.contains(value))
        };
        return (schema.all_of.len() < 2 && is_equal(document.resolved(part))).then_some(part);
    }
    if let Some(reference) = schema.reference {
        return adds_nothing(document, id, reference).then_some(reference);
    }
    if matches!(schema.additional, Additional::Typed(_)) {
        return None;
    }
    let says = |id: &&SchemaId| says_something(document.schema(**id));
    let all: Vec<&SchemaId> = schema.all_of.iter().filter(says).collect();
    let mut some = alternatives(document, schema.one_of.iter().chain(&schema.any_of));
    some.dedup();
    match (all.as_slice(), some.as_slice()) {
        // A variant of a base is an object of its own, and so is one that refers to its union.
        ([one], []) if schema.is_component() && document.schema(**one).is_base() => None,
        ([one], []) if is_variant_of(document, id, **one) => None,
        ([one], []) | ([], [one]) => adds_nothing(document, id, **one).then_some(**one),
        (several, []) => most_exact(document, several),
        _ => None,
    }
}

/// Returns true if a schema is in the list of a union that has members of its own.
fn is_variant_of(document: &Document, id: SchemaId, union: SchemaId) -> bool {
    let union = document.resolved(union);
    let mut listed = union.one_of.iter().chain(&union.any_of);
    !union.properties.is_empty()
        && listed.any(|own| *own == id || document.schema(*own).reference == Some(id))
}

/// Returns false if a schema, or a part of it, requires members that another schema describes as
/// optional.
fn adds_nothing(document: &Document, id: SchemaId, other: SchemaId) -> bool {
    let schema = document.schema(id);
    let parts = schema.all_of.len() + schema.one_of.len() + schema.any_of.len();
    if schema.required.is_empty() && parts < 2 {
        return true;
    }
    let required = Required::default().of(document, id, 0);
    let known = Required::default().of(document, other, 0);
    let is_described =
        |name: &String| has_property(document, other, |property| property.name == *name);
    required.iter().all(|name| known.contains(name) || !is_described(name))
}

/// Returns the schema of a text, number or boolean that several schemas describe: the one that lists
/// values, or else has a format.
fn most_exact(document: &Document, schemas: &[&SchemaId]) -> Option<SchemaId> {
    let is_scalar = |schema: &Schema| {
        let parts = [&schema.all_of, &schema.one_of, &schema.any_of];
        !schema.types.is_empty()
            && !schema.types.iter().any(|kind| matches!(kind, Type::Object | Type::Array))
            && parts.iter().all(|parts| parts.is_empty())
    };
    let exactness = |id: &&SchemaId| {
        let schema = document.resolved(**id);
        (!schema.values.is_empty(), schema.format.is_some())
    };
    let are_scalars = schemas.iter().all(|id| is_scalar(document.resolved(**id)));
    let found = schemas.iter().copied().rev().max_by_key(exactness).copied();
    found.filter(|_| are_scalars)
}

/// Returns true if a schema says something of its values.
pub(crate) fn says_something(schema: &Schema) -> bool {
    !schema.types.is_empty() || !is_bare(schema)
}

/// Returns true if a schema says nothing of its values but their types.
fn is_bare(schema: &Schema) -> bool {
    !(schema.reference.is_some()
        || !schema.properties.is_empty()
        || !schema.values.is_empty()
        || !schema.all_of.is_empty()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || schema.items.is_some()
        || schema.additional != Additional::Unsaid)
}

/// Returns the schema that stands for this one, and if null is a value on the way to it.
pub(crate) fn target(document: &Document, id: SchemaId) -> (SchemaId, bool) {
    let (mut id, mut nullable) = (id, false);
    for _ in 0..64 {
        let schema = document.schema(id);
        // Some descriptions call all their objects nullable; one of several has its fields.
        let mut variants = schema.one_of.iter().chain(&schema.any_of);
        let allows_null =
            |id: &SchemaId| document.schema(*id).nullable && !is_struct(document, *id);
        nullable |= schema.nullable || variants.any(allows_null);
        match next(document, id) {
            Some(next) => id = next,
            None => break,
        }
    }
    (id, nullable || document.schema(id).nullable)
}

/// Returns the shape of a schema that is a [`target`].
pub(crate) fn shape(document: &Document, id: SchemaId) -> Shape {
    let schema = document.schema(id);
    if !schema.values.is_empty() {
        return of_values(schema);
    }
    let is_object = is_struct(document, id);
    let variants = variants(document, id);
    if is_object && variants.iter().flatten().any(|id| is_only_scalar(document, *id)) {
        return Shape::Any;
    }
    if let Some(variants) = variants
        && (!is_object
            || schema.properties.is_empty()
            || schema.is_base()
            || variants.len() <= MAX_VARIANTS && have_all(document, schema, &variants))
    {
        if variants.len() > MAX_VARIANTS {
            return Shape::Any;
        }
        if variants.len() > 1 || schema.is_base() {
            return Shape::Union(variants);
        }
    }
    if is_object {
        return Shape::Struct;
    }
    let types = match schema.all_of.iter().map(|id| target(document, *id).0).collect::<Vec<_>>() {
        all if schema.types.is_empty() && !all.is_empty() => {
            let typed = all.iter().find(|id| !document.schema(**id).types.is_empty());
            match typed {
                Some(one) if *one != id && document.schema(*one).all_of.is_empty() => {
                    return shape(document, *one);
                }
                _ => return Shape::Any,
            }
        }
        _ => schema.types.as_slice(),
    };
    match types {
        [Type::String] => Shape::Text,
        [Type::Boolean] => Shape::Bool,
        [Type::Integer] => Shape::Integer,
        [Type::Number] | [Type::Integer, Type::Number] | [Type::Number, Type::Integer] => {
            Shape::Number
        }
        [Type::Array] => Shape::List(schema.items),
        [Type::Object] => Shape::Map(match schema.additional {
            Additional::Typed(id) => Some(id),
            _ => None,
        }),
        [] if schema.items.is_some() => Shape::List(schema.items),
        [] => match schema.additional {
            Additional::Typed(id) => Shape::Map(Some(id)),
            _ => Shape::Any,
        },
        _ => Shape::Any,
    }
}

/// Returns true if a discriminator tells variants apart that have all members of the schema around
/// them.
fn have_all(document: &Document, schema: &Schema, variants: &[SchemaId]) -> bool {
    let has_all = |id: &SchemaId| {
        let members = object(document, target(document, *id).0).members;
        let has = |name: &str| members.iter().any(|member| member.name == name);
        schema.properties.iter().all(|property| has(&property.name))
    };
    schema.discriminator.is_some() && variants.iter().all(has_all)
}

/// Returns true if no value of a schema is an object.
fn is_only_scalar(document: &Document, id: SchemaId) -> bool {
    let types = &document.resolved(id).types;
    !types.is_empty() && !types.contains(&Type::Object)
}

fn of_values(schema: &Schema) -> Shape {
    if schema.values.iter().all(serde_json::Value::is_string) {
        return Shape::Choice;
    }
    if schema.values.iter().all(|value| value.is_i64() || value.is_u64()) {
        return Shape::Integer;
    }
    if schema.values.iter().all(serde_json::Value::is_number) {
        return Shape::Number;
    }
    if schema.values.iter().all(serde_json::Value::is_boolean) {
        return Shape::Bool;
    }
    Shape::Any
}

/// Returns the schemas of which a value satisfies one. A schema whose types are several has one for
/// all, which the caller reads by its types.
pub(crate) fn variants(document: &Document, id: SchemaId) -> Option<Vec<SchemaId>> {
    let schema = document.schema(id);
    let list = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
    let mut listed: Vec<SchemaId> = Vec::new();
    for id in alternatives(document, list.iter()) {
        if !listed.contains(id) {
            listed.push(*id);
        }
    }
    if schema.is_base() {
        listed = document.heirs(id);
    }
    (!listed.is_empty()).then_some(listed)
}

/// Leaves the variants that say something of values. Those that only say which members are required
/// tell no values apart, and `{type: object, nullable: true}` stands for null beside other objects.
fn alternatives<'a>(
    document: &Document,
    variants: impl Iterator<Item = &'a SchemaId>,
) -> Vec<&'a SchemaId> {
    let says = |id: &&SchemaId| says_something(document.schema(**id));
    let mut found: Vec<&SchemaId> = variants.filter(says).collect();
    let is_null = |id: &SchemaId| {
        let schema = document.schema(*id);
        schema.nullable && schema.types == [Type::Object] && is_bare(schema)
    };
    // Most unions have no such variant, and a look into all others takes time.
    if found.iter().any(|id| is_null(id)) && found.iter().any(|id| is_struct(document, **id)) {
        found.retain(|id| !is_null(id));
    }
    found
}

/// Returns true if a schema, or one that it is merged from, names members.
pub(crate) fn is_struct(document: &Document, id: SchemaId) -> bool {
    has_property(document, id, |_| true)
}

/// Returns true if a schema, or one that it is merged from, has such a property.
fn has_property(document: &Document, id: SchemaId, is_meant: impl Fn(&Property) -> bool) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if !seen.insert(id) || seen.len() > MAX_PARTS {
            continue;
        }
        let schema = document.schema(id);
        if schema.properties.iter().any(&is_meant) {
            return true;
        }
        open.extend(schema.reference);
        open.extend(&schema.all_of);
    }
    false
}
