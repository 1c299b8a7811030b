//! The shape of a schema: what its values look like, with references followed and `allOf` merged.

use std::collections::HashSet;

use crate::model::{Additional, Discriminator, Document, Schema, SchemaId, Type};

/// Maximum number of schemas that one shape is made of.
const MAX_PARTS: usize = 2_000;
/// Depth to which unions within unions are looked into for a tag.
const MAX_NESTED: usize = 3;
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
    /// Its schemas in other variants of the object.
    pub(crate) others: Vec<SchemaId>,
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
        // A variant of a base is an object of its own.
        ([one], []) if schema.name.is_some() && document.schema(**one).is_base() => None,
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
        && (!is_object || schema.properties.is_empty() || schema.is_base())
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
    if schema.is_base() {
        listed = document.heirs(id);
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
            others: Vec::new(),
        };
        match found.members.iter_mut().find(|other| other.name == member.name) {
            Some(other) => {
                let required = member.required || other.required;
                if says_something(document.schema(member.schema)) {
                    if optional && says_something(document.schema(other.schema)) {
                        other.others.push(other.schema);
                        other.schema = member.schema;
                    } else {
                        *other = member;
                    }
                }
                other.required = required;
            }
            None => found.members.push(member),
        }
    }
    if !optional {
        required.extend(schema.required.iter().cloned());
        for variants in [&schema.one_of, &schema.any_of] {
            required.extend(needed_by_all(document, variants));
        }
    }
    if let Additional::Typed(id) = schema.additional {
        found.more = Some(id);
    }
}

/// Returns the members that each of these variants requires, itself or by its parts.
fn needed_by_all(document: &Document, variants: &[SchemaId]) -> HashSet<String> {
    let is_null = |schema: &&Schema| schema.nullable && !says_something(schema);
    let variants = variants.iter().map(|id| document.resolved(*id)).filter(|one| !is_null(one));
    let needed = variants.map(|variant| {
        let parts = variant.all_of.iter().map(|id| document.resolved(*id));
        let names = parts.chain([variant]).flat_map(|part| {
            let properties = part.properties.iter().filter(|property| property.required);
            part.required.iter().chain(properties.map(|property| &property.name))
        });
        names.cloned().collect::<HashSet<_>>()
    });
    needed.reduce(|all, one| &all & &one).unwrap_or_default()
}

/// Returns the texts that a member can be, if they are listed.
pub(crate) fn texts(document: &Document, id: SchemaId) -> Vec<String> {
    let (id, _) = target(document, id);
    let values = document.schema(id).values.iter();
    values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// A member that tells variants apart.
pub(crate) struct Tag {
    pub(crate) member: String,
    /// Values of the member, each with the variants that have it.
    pub(crate) values: Vec<(String, Vec<SchemaId>)>,
    /// Variants that have none of these values.
    pub(crate) others: Vec<SchemaId>,
}

/// Finds the member that tells most variants apart.
pub(crate) fn tag(document: &Document, id: SchemaId, variants: &[SchemaId]) -> Option<Tag> {
    let schema = document.schema(id);
    let found = match &schema.discriminator {
        Some(discriminator) => {
            let values = |variant: &SchemaId| discriminated(document, id, discriminator, *variant);
            let mut found: Vec<Vec<String>> = variants.iter().map(values).collect();
            let is_union = |id: &SchemaId| objects(document, target(document, *id).0, 0).len() > 1;
            let is_mapped = |id| discriminator.mapping.iter().any(|(_, schema)| schema == id);
            leave_unions(&mut found, |at| is_union(&variants[at]) && !is_mapped(&variants[at]));
            grouped(&discriminator.property, variants, found)
        }
        None => by_constants(document, variants)?,
    };
    (found.values.len() > 1 || schema.is_base()).then_some(found)
}

/// Returns the values of a discriminator that stand for a variant: those of the mapping, else those
/// that its member lists, else its name.
fn discriminated(
    document: &Document,
    id: SchemaId,
    discriminator: &Discriminator,
    variant: SchemaId,
) -> Vec<String> {
    let mapped = discriminator.mapping.iter().filter(|(_, schema)| *schema == variant);
    let mapped: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
    if !mapped.is_empty() {
        return mapped;
    }
    let (real, _) = target(document, variant);
    let all = objects(document, real, 0);
    let declared = all.iter().flat_map(|id| {
        let members = members(document, *id).members;
        let member = members.into_iter().find(|member| member.name == discriminator.property);
        member.map(|member| texts(document, member.schema)).unwrap_or_default()
    });
    let declared: Vec<String> = declared.collect();
    // The base of all variants lists the values of all.
    let is_own = declared.len() == 1 || !document.schema(id).is_base();
    if all.len() > 1 || !declared.is_empty() && is_own {
        return declared;
    }
    document.schema(variant).name.clone().into_iter().collect()
}

/// Finds the member whose constants differ in most variants, even if some share one. Variants that
/// list several values for it list either the same ones or others.
pub(crate) fn by_constants(document: &Document, variants: &[SchemaId]) -> Option<Tag> {
    let targets = variants.iter().map(|id| target(document, *id).0);
    let all: Vec<Vec<SchemaId>> = targets.map(|id| objects(document, id, 0)).collect();
    let all: Vec<Vec<Vec<Member>>> = all
        .iter()
        .map(|objects| objects.iter().map(|id| members(document, *id).members).collect())
        .collect();
    let mut names: Vec<&String> = Vec::new();
    for member in all.iter().flatten().flatten() {
        if !names.contains(&&member.name) {
            names.push(&member.name);
        }
    }
    let mut best: Option<Tag> = None;
    for name in names {
        let mut values: Vec<Vec<String>> =
            all.iter().map(|objects| of_objects(document, objects, name)).collect();
        leave_unions(&mut values, |at| all[at].len() > 1);
        if !are_apart(&values) {
            continue;
        }
        let found = grouped(name, variants, values);
        if best.as_ref().is_none_or(|best| found.others.len() < best.others.len()) {
            best = Some(found);
        }
    }
    best
}

/// Clears the values of unions within a union that have several, which these unions tell apart
/// themselves, and of the variants that share one of them.
fn leave_unions(lists: &mut [Vec<String>], is_union: impl Fn(usize) -> bool) {
    let mut left: Vec<String> = Vec::new();
    for (at, list) in lists.iter_mut().enumerate() {
        list.dedup();
        if list.len() > 1 && is_union(at) {
            left.append(list);
        }
    }
    for list in lists.iter_mut().filter(|list| list.iter().any(|value| left.contains(value))) {
        list.clear();
    }
}

/// Returns the objects of a schema that is one, or a union of some.
fn objects(document: &Document, id: SchemaId, depth: usize) -> Vec<SchemaId> {
    match shape(document, id) {
        Shape::Union(variants) if depth < MAX_NESTED => {
            let targets = variants.iter().map(|id| target(document, *id).0);
            targets.flat_map(|id| objects(document, id, depth + 1)).collect()
        }
        _ => vec![id],
    }
}

/// Returns true for an object with members, a map, and a union of these.
pub(crate) fn is_object(document: &Document, id: SchemaId) -> bool {
    let all = objects(document, target(document, id).0, 0);
    all.into_iter().all(|id| matches!(shape(document, id), Shape::Struct | Shape::Map(_)))
}

/// Returns the values of a member in objects, if each of them has some.
fn of_objects(document: &Document, objects: &[Vec<Member>], name: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for members in objects {
        let values = constants(document, members, name);
        if values.is_empty() {
            return Vec::new();
        }
        all.extend(values.into_iter().filter(|value| !all.contains(value)).collect::<Vec<_>>());
    }
    all
}

/// Returns the texts that a member of an object can be. An optional one has to be constant.
fn constants(document: &Document, members: &[Member], name: &str) -> Vec<String> {
    let Some(member) = members.iter().find(|member| member.name == name) else { return Vec::new() };
    let values = texts(document, member.schema);
    if member.required || values.len() == 1 { values } else { Vec::new() }
}

/// Returns true if lists of values are equal or have none in common, and there are several.
fn are_apart(lists: &[Vec<String>]) -> bool {
    let mut seen: Vec<&Vec<String>> = Vec::new();
    for list in lists.iter().filter(|list| !list.is_empty()) {
        if seen.contains(&list) {
            continue;
        }
        if seen.iter().any(|other| other.iter().any(|value| list.contains(value))) {
            return false;
        }
        seen.push(list);
    }
    seen.len() > 1
}

fn grouped(member: &str, variants: &[SchemaId], lists: Vec<Vec<String>>) -> Tag {
    let mut tag = Tag { member: member.to_owned(), values: Vec::new(), others: Vec::new() };
    for (variant, list) in variants.iter().zip(lists) {
        if list.is_empty() {
            tag.others.push(*variant);
        }
        for value in list {
            match tag.values.iter_mut().find(|(own, _)| *own == value) {
                Some((_, variants)) => variants.push(*variant),
                None => tag.values.push((value, vec![*variant])),
            }
        }
    }
    tag
}
