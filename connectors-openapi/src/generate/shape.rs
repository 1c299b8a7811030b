//! The shape of a schema: what its values look like, with references followed and `allOf` merged.

use std::collections::HashSet;

use crate::model::{Additional, Document, Schema, SchemaId, Type};

/// Maximum number of schemas that one shape is made of.
const MAX_PARTS: usize = 2_000;
/// Maximum number of variants of a union. A larger one is any value.
const MAX_VARIANTS: usize = 250;

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

/// A member of an object that several schemas may describe.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) schema: SchemaId,
    pub(crate) required: bool,
}

/// An object with all that it is merged from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members {
    pub(crate) members: Vec<Member>,
    /// Type of the members that no property names.
    pub(crate) more: Option<SchemaId>,
}

/// A schema that says nothing of its own, so that another one stands in its place.
fn next(document: &Document, schema: &Schema) -> Option<SchemaId> {
    if !schema.properties.is_empty() || !schema.values.is_empty() {
        return None;
    }
    if let Some(reference) = schema.reference {
        return Some(reference);
    }
    if matches!(schema.additional, Additional::Typed(_)) {
        return None;
    }
    let says = |id: &&SchemaId| says_something(document.schema(**id));
    let all: Vec<&SchemaId> = schema.all_of.iter().filter(says).collect();
    let some: Vec<&SchemaId> = schema.one_of.iter().chain(&schema.any_of).filter(says).collect();
    match (all.as_slice(), some.as_slice()) {
        ([one], []) | ([], [one]) => Some(**one),
        _ => None,
    }
}

fn says_something(schema: &Schema) -> bool {
    schema.reference.is_some()
        || !schema.types.is_empty()
        || !schema.properties.is_empty()
        || !schema.values.is_empty()
        || !schema.all_of.is_empty()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || schema.items.is_some()
        || schema.additional != Additional::Unsaid
}

/// Returns the schema that stands for this one, and if null is a value on the way to it.
pub(crate) fn target(document: &Document, id: SchemaId) -> (SchemaId, bool) {
    let (mut id, mut nullable) = (id, false);
    for _ in 0..64 {
        let schema = document.schema(id);
        // `anyOf: [.., {nullable: true}]` has a variant that says nothing but this.
        let variants = schema.one_of.iter().chain(&schema.any_of).map(|id| document.schema(*id));
        let only_null = |schema: &Schema| schema.nullable && !says_something(schema);
        nullable |= schema.nullable || variants.into_iter().any(only_null);
        match next(document, schema) {
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
    if let Some(variants) = variants(document, id)
        && (!is_object || schema.properties.is_empty())
    {
        if variants.len() > MAX_VARIANTS {
            return Shape::Any;
        }
        if variants.len() > 1 {
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
    let says = |id: &SchemaId| says_something(document.schema(*id));
    let list = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
    // Variants that only say which members are required tell no values apart.
    let mut listed: Vec<SchemaId> = list.iter().copied().filter(says).collect();
    listed.dedup();
    if listed.is_empty()
        && let Some(discriminator) = &schema.discriminator
    {
        for (_, target) in &discriminator.mapping {
            if *target != id && !listed.contains(target) {
                listed.push(*target);
            }
        }
    }
    (!listed.is_empty()).then_some(listed)
}

/// Returns true if a schema, or one that it is merged from, names members.
fn is_struct(document: &Document, id: SchemaId) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if !seen.insert(id) || seen.len() > MAX_PARTS {
            continue;
        }
        let schema = document.schema(id);
        if !schema.properties.is_empty() {
            return true;
        }
        open.extend(schema.reference);
        open.extend(&schema.all_of);
    }
    false
}

/// Returns the members of an object. Members of a union in it are all optional.
pub(crate) fn members(document: &Document, id: SchemaId) -> Members {
    let mut found = Members::default();
    let mut required = HashSet::new();
    collect(document, id, false, &mut HashSet::new(), &mut found, &mut required);
    for member in &mut found.members {
        member.required |= required.contains(&member.name);
    }
    found
}

fn collect(
    document: &Document,
    id: SchemaId,
    optional: bool,
    seen: &mut HashSet<SchemaId>,
    found: &mut Members,
    required: &mut HashSet<String>,
) {
    if seen.len() > 200 || !seen.insert(id) {
        return;
    }
    let schema = document.schema(id);
    for part in schema.reference.iter().chain(&schema.all_of) {
        collect(document, *part, optional, seen, found, required);
    }
    for part in schema.one_of.iter().chain(&schema.any_of) {
        collect(document, *part, true, seen, found, required);
    }
    for property in &schema.properties {
        let member = Member {
            name: property.name.clone(),
            schema: property.schema,
            required: property.required && !optional,
        };
        match found.members.iter_mut().find(|other| other.name == member.name) {
            Some(other) => {
                let required = member.required || other.required;
                if says_something(document.schema(member.schema)) {
                    *other = member;
                }
                other.required = required;
            }
            None => found.members.push(member),
        }
    }
    if !optional {
        required.extend(schema.required.iter().cloned());
    }
    if let Additional::Typed(id) = schema.additional {
        found.more = Some(id);
    }
}

/// Returns the texts that a member can be, if they are listed.
pub(crate) fn texts(document: &Document, id: SchemaId) -> Vec<String> {
    let (id, _) = target(document, id);
    let values = document.schema(id).values.iter();
    values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// Finds the member that tells variants apart, and the values of each variant.
pub(crate) fn tag(
    document: &Document,
    id: SchemaId,
    variants: &[SchemaId],
) -> Option<(String, Vec<(String, SchemaId)>)> {
    let schema = document.schema(id);
    if let Some(discriminator) = &schema.discriminator {
        let mut values: Vec<(String, SchemaId)> = Vec::new();
        for variant in variants {
            let mapped = discriminator.mapping.iter().filter(|(_, schema)| schema == variant);
            let mapped: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
            let (real, _) = target(document, *variant);
            let declared = members(document, real).members;
            let declared = declared.iter().find(|member| member.name == discriminator.property);
            let declared = declared.map(|member| texts(document, member.schema));
            let own_name = || document.schema(*variant).name.clone().into_iter().collect();
            let tags: Vec<String> = match declared {
                _ if !mapped.is_empty() => mapped,
                Some(declared) if !declared.is_empty() => declared,
                _ => own_name(),
            };
            if tags.is_empty() {
                return None;
            }
            values.extend(tags.into_iter().map(|tag| (tag, *variant)));
        }
        return distinct(&values).then_some((discriminator.property.clone(), values));
    }
    let all: Vec<Members> =
        variants.iter().map(|id| members(document, target(document, *id).0)).collect();
    let first = all.first()?;
    for candidate in &first.members {
        let mut values = Vec::new();
        let found = all.iter().zip(variants).all(|(members, variant)| {
            let member = members.members.iter().find(|other| other.name == candidate.name);
            let Some(member) = member.filter(|member| member.required) else { return false };
            let names = texts(document, member.schema);
            values.extend(names.iter().map(|name| (name.clone(), *variant)));
            !names.is_empty()
        });
        if found && distinct(&values) {
            return Some((candidate.name.clone(), values));
        }
    }
    None
}

fn distinct(values: &[(String, SchemaId)]) -> bool {
    let names: HashSet<&String> = values.iter().map(|(name, _)| name).collect();
    names.len() == values.len()
}
