//! Members that tell the variants of a union apart.

use std::collections::HashSet;

use super::members::{Member, object};
use super::shape::{Shape, shape, target};
use super::{Discriminator, Document, SchemaId};

/// Maximum number of objects of a union and the unions within it.
const MAX_OBJECTS: usize = 500;

/// Returns the texts that a member can be, if they are listed.
pub(crate) fn texts(document: &Document, id: SchemaId) -> Vec<String> {
    let (id, _) = target(document, id);
    if let Shape::Union(variants) = shape(document, id) {
        let lists: Vec<_> = variants.iter().map(|id| texts_of_one(document, *id)).collect();
        let is_listed = lists.iter().all(|list| !list.is_empty());
        return if is_listed { lists.concat() } else { Vec::new() };
    }
    texts_of_one(document, id)
}

fn texts_of_one(document: &Document, id: SchemaId) -> Vec<String> {
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

impl Tag {
    pub(crate) fn into_discriminator(self) -> Discriminator {
        let of_one = |(value, all): (String, Vec<SchemaId>)| {
            all.into_iter().map(move |id| (value.clone(), id))
        };
        let mapping = self.values.into_iter().flat_map(of_one).collect();
        Discriminator { property: self.member, mapping }
    }
}

/// Finds the member that tells most variants apart.
pub(crate) fn tag(document: &Document, id: SchemaId, variants: &[SchemaId]) -> Option<Tag> {
    let schema = document.schema(id);
    let found = match &schema.discriminator {
        Some(discriminator) => {
            let values = |variant: &SchemaId| discriminated(document, id, discriminator, *variant);
            let mut found: Vec<Vec<String>> = variants.iter().map(values).collect();
            let is_union = |id: &SchemaId| objects(document, target(document, *id).0).len() > 1;
            let is_mapped = |id: &SchemaId| {
                let mut mapped = discriminator.mapping.iter();
                mapped.any(|(_, schema)| target(document, *schema).0 == target(document, *id).0)
            };
            leave_unions(&mut found, |at| is_union(&variants[at]) && !is_mapped(&variants[at]));
            grouped(document, &discriminator.property, variants, found)
        }
        None => by_constants(document, variants, &[]).or_else(|| by_base(document, variants))?,
    };
    (found.values.len() > 1 || schema.is_base()).then_some(found)
}

/// Finds the discriminator of the schema that all variants are merged from.
fn by_base(document: &Document, variants: &[SchemaId]) -> Option<Tag> {
    let base_of = |id: &SchemaId| {
        let parts = document.schema(target(document, *id).0).all_of.iter();
        parts.map(|part| target(document, *part).0).find(|id| document.schema(*id).is_base())
    };
    let base = base_of(variants.first()?)?;
    let discriminator = document.schema(base).discriminator.as_ref()?;
    let is_heir = |id: &SchemaId| base_of(id) == Some(base);
    if variants.len() < 2 || !variants.iter().all(is_heir) {
        return None;
    }
    let values = |id: &SchemaId| discriminated(document, base, discriminator, *id);
    let found: Vec<Vec<String>> = variants.iter().map(values).collect();
    let is_told = found.iter().all(|values| !values.is_empty());
    is_told.then(|| grouped(document, &discriminator.property, variants, found))
}

/// Returns the values of a discriminator that stand for a variant: those of the mapping, else those
/// that its member lists, else its name.
fn discriminated(
    document: &Document,
    id: SchemaId,
    discriminator: &Discriminator,
    variant: SchemaId,
) -> Vec<String> {
    let real = target(document, variant).0;
    let is_it = |id: SchemaId| id == variant || target(document, id).0 == real;
    let mapped = discriminator.mapping.iter().filter(|(_, schema)| is_it(*schema));
    let mapped: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
    if !mapped.is_empty() {
        return mapped;
    }
    let all = objects(document, real);
    let declared = all.iter().flat_map(|id| {
        let members = object(document, *id).members;
        let member = members.into_iter().find(|member| member.name == discriminator.property);
        member.map(|member| texts(document, member.schema)).unwrap_or_default()
    });
    let declared: Vec<String> = declared.collect();
    // Variants can share a list of all values. Without a mapping the name of a schema is its value.
    let name = document.schema(variant).name.clone();
    if declared.len() > 1 && name.as_ref().is_some_and(|name| declared.contains(name)) {
        return name.into_iter().collect();
    }
    // The base of all variants lists the values of all.
    let is_own = declared.len() == 1 || !document.schema(id).is_base();
    if all.len() > 1 || !declared.is_empty() && is_own {
        return declared;
    }
    // A base can list the values of its heirs, which their names then stand for.
    let letters = |text: &str| text.replace(['_', '-', ' '], "").to_lowercase();
    let meant = name
        .as_ref()
        .and_then(|name| declared.iter().find(|value| letters(value) == letters(name)).cloned());
    meant.or(name).into_iter().collect()
}

/// Returns the variants of the unions within a union that a member tells apart, by its values.
pub(crate) fn within(
    document: &Document,
    variants: &[SchemaId],
    name: &str,
) -> Vec<(String, Vec<SchemaId>)> {
    let of_one = |id: &SchemaId| {
        let (real, _) = target(document, *id);
        let Shape::Union(variants) = shape(document, real) else { return Vec::new() };
        let objects: Vec<SchemaId> =
            variants.into_iter().filter(|id| is_object(document, *id)).collect();
        let found = tag(document, real, &objects).filter(|tag| tag.member == name);
        found.map(|tag| tag.values).unwrap_or_default()
    };
    variants.iter().flat_map(of_one).collect()
}

/// Finds the member whose constants differ in most variants, even if some share one. Variants that
/// list several values for it list either the same ones or others. Each object has the members of
/// these names, even if its schema does not require them.
pub(crate) fn by_constants(
    document: &Document,
    variants: &[SchemaId],
    required: &[String],
) -> Option<Tag> {
    let all = objects_of_each(document, variants);
    let mut names: Vec<&String> = Vec::new();
    for member in all.iter().flatten().flatten() {
        if !names.contains(&&member.name) {
            names.push(&member.name);
        }
    }
    let found = names
        .into_iter()
        .filter_map(|name| told_by(document, variants, &all, name, required.contains(name)));
    found.min_by_key(|tag| tag.others.len())
}

/// Returns the constants of a member if they tell variants apart.
pub(crate) fn by_constant(document: &Document, variants: &[SchemaId], name: &str) -> Option<Tag> {
    told_by(document, variants, &objects_of_each(document, variants), name, false)
}

/// Returns the members of the objects of each variant.
fn objects_of_each(document: &Document, variants: &[SchemaId]) -> Vec<Vec<Vec<Member>>> {
    let targets = variants.iter().map(|id| target(document, *id).0);
    let all = targets.map(|id| objects(document, id));
    all.map(|all| all.into_iter().map(|id| object(document, id).members).collect()).collect()
}

fn told_by(
    document: &Document,
    variants: &[SchemaId],
    all: &[Vec<Vec<Member>>],
    name: &str,
    is_required: bool,
) -> Option<Tag> {
    let mut values: Vec<Vec<String>> =
        all.iter().map(|objects| of_objects(document, objects, name, is_required)).collect();
    leave_unions(&mut values, |at| all[at].len() > 1);
    are_apart(&values).then(|| grouped(document, name, variants, values))
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

/// Returns the objects of a schema that is one, or a union of some, however deep. A union that holds
/// itself stands for itself there.
pub(super) fn objects(document: &Document, id: SchemaId) -> Vec<SchemaId> {
    let mut objects = Objects::default();
    objects.collect(document, id);
    objects.found
}

#[derive(Default)]
struct Objects {
    found: Vec<SchemaId>,
    /// The unions around the next object.
    around: Vec<SchemaId>,
    seen: HashSet<SchemaId>,
}

impl Objects {
    fn collect(&mut self, document: &Document, id: SchemaId) {
        let is_circle = self.around.contains(&id);
        if !self.seen.insert(id) && !is_circle {
            return;
        }
        match shape(document, id) {
            Shape::Union(variants) if self.seen.len() < MAX_OBJECTS && !is_circle => {
                self.around.push(id);
                for variant in variants {
                    self.collect(document, target(document, variant).0);
                }
                self.around.pop();
            }
            _ => self.found.push(id),
        }
    }
}

/// Returns the texts that a member can be, if each object lists some.
pub(super) fn values(document: &Document, id: SchemaId, name: &str) -> Vec<String> {
    let all = objects(document, target(document, id).0);
    let all: Vec<_> = all.into_iter().map(|id| object(document, id).members).collect();
    of_objects(document, &all, name, true)
}

/// Returns true for an object with members, a map, and a union of these.
pub(crate) fn is_object(document: &Document, id: SchemaId) -> bool {
    let all = objects(document, target(document, id).0);
    all.into_iter().all(|id| matches!(shape(document, id), Shape::Struct | Shape::Map(_)))
}

/// Returns the values of a member in objects, if each of them has some.
fn of_objects(
    document: &Document,
    objects: &[Vec<Member>],
    name: &str,
    is_required: bool,
) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for members in objects {
        let values = constants(document, members, name, is_required);
        if values.is_empty() {
            return Vec::new();
        }
        all.extend(values.into_iter().filter(|value| !all.contains(value)).collect::<Vec<_>>());
    }
    all
}

/// Returns the texts that a member of an object can be. An optional one has to be constant.
fn constants(
    document: &Document,
    members: &[Member],
    name: &str,
    is_required: bool,
) -> Vec<String> {
    let Some(member) = members.iter().find(|member| member.name == name) else { return Vec::new() };
    let values = texts(document, member.schema);
    let is_there = is_required || member.required || values.len() == 1;
    if is_there { values } else { Vec::new() }
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

fn grouped(
    document: &Document,
    member: &str,
    variants: &[SchemaId],
    lists: Vec<Vec<String>>,
) -> Tag {
    let mut tag = Tag { member: member.to_owned(), values: Vec::new(), others: Vec::new() };
    for (variant, list) in variants.iter().zip(lists) {
        if list.is_empty() {
            tag.others.push(*variant);
        }
        for value in list {
            match tag.values.iter_mut().find(|(own, _)| *own == value) {
                Some((_, variants)) => {
                    let real = target(document, *variant).0;
                    if !variants.iter().any(|own| target(document, *own).0 == real) {
                        variants.push(*variant);
                    }
                }
                None => tag.values.push((value, vec![*variant])),
            }
        }
    }
    tag
}
