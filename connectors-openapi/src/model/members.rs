//! The members of an object, whatever schemas describe them.

use std::collections::{HashMap, HashSet};

use super::shape::{is_struct, says_something, target};
use super::{Additional, Document, Schema, SchemaId, Type};
use crate::notice::Location;

/// Maximum number of schemas that one object is merged from.
const MAX_PARTS: usize = 400;
/// Maximum number of schemas of a member that another one is compared with.
const MAX_COMPARED: usize = 16;
/// Depth to which members of joined members, and items of joined lists, are joined.
const MAX_DEPTH: usize = 4;

/// A member of an object.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Its schema. If variants of the object describe it in different ways, it is a union of theirs,
    /// and if several parts describe members of it, one that is merged from theirs.
    pub(crate) schema: SchemaId,
    pub(crate) required: bool,
    /// True if only responses have it.
    pub(crate) read_only: bool,
    /// True if only requests have it.
    pub(crate) write_only: bool,
}

/// An object with all that it is merged from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object {
    pub(crate) members: Vec<Member>,
    /// Names of members that each object has, without those in `members`.
    pub(crate) undescribed: Vec<String>,
    /// Type of the members that no property names.
    pub(crate) more: Option<SchemaId>,
}

/// Schemas of the members that parts of an object describe in different ways, by the object and the
/// name of the member.
pub(crate) type Joined = HashMap<(SchemaId, String), SchemaId>;

/// Returns the members of an object. A member of a union in it is optional, unless all variants
/// require it.
pub(crate) fn object(document: &Document, id: SchemaId) -> Object {
    let Found { members, more, .. } = found(document, id);
    let required = Required::default().of(document, id, 0);
    let joined = |name: &String| document.joined.get(&(id, name.clone())).copied();
    let members: Vec<Member> = members
        .into_iter()
        .map(|(name, schemas)| {
            let schema = joined(&name).unwrap_or(schemas[schemas.len() - 1]);
            let (read_only, write_only) = directions(document, schema);
            Member { required: required.contains(&name), schema, read_only, write_only, name }
        })
        .collect();
    let is_undescribed = |name: &String| !members.iter().any(|member| member.name == *name);
    let undescribed = required.into_iter().filter(is_undescribed).collect();
    Object { members, undescribed, more }
}

/// Returns if only responses, and if only requests have a member. The property itself decides before
/// the schema that it refers to.
fn directions(document: &Document, id: SchemaId) -> (bool, bool) {
    let (own, real) = (document.schema(id), document.schema(target(document, id).0));
    let said = if own.read_only || own.write_only { own } else { real };
    // Both would leave the member nowhere.
    (said.read_only && !said.write_only, said.write_only && !said.read_only)
}

/// Returns false if two schemas have no JSON type in common.
fn have_one_kind(document: &Document, one: SchemaId, other: SchemaId) -> bool {
    let kinds = |id| {
        let (id, _) = target(document, id);
        let types = document.schema(id).types.clone();
        if types.is_empty() && is_struct(document, id) { vec![Type::Object] } else { types }
    };
    let (one, other) = (kinds(one), kinds(other));
    one.is_empty() || other.is_empty() || one.iter().any(|kind| other.contains(kind))
}

/// Returns true for two objects or two lists of which each says something of the values within.
fn have_parts(document: &Document, one: SchemaId, other: SchemaId) -> bool {
    let are_lists = [one, other].map(|id| document.schema(target(document, id).0).items.is_some());
    are_lists[0] == are_lists[1] && [one, other].iter().all(|id| has_parts(document, *id))
}

/// Returns true for an object or a list that says something of the values within.
fn has_parts(document: &Document, id: SchemaId) -> bool {
    let (id, _) = target(document, id);
    let schema = document.schema(id);
    // Not by shape, which depends on members.
    let mut variants = schema.one_of.iter().chain(&schema.any_of);
    is_struct(document, id)
        || variants.any(|id| is_struct(document, target(document, *id).0))
        || schema.items.is_some()
        || matches!(schema.additional, Additional::Typed(_))
}

/// Returns how much a schema says of a value.
pub(super) fn exactness(document: &Document, id: SchemaId) -> usize {
    let (id, _) = target(document, id);
    let schema = document.schema(id);
    let is_union = !schema.one_of.is_empty() || !schema.any_of.is_empty();
    let says = [!schema.types.is_empty(), schema.format.is_some(), !schema.values.is_empty()];
    let said = says.iter().rposition(|says| *says).map_or(usize::from(is_union), |at| at + 1);
    if has_parts(document, id) { says.len() + 1 } else { said }
}

/// Members with the schemas that describe them. Of several, the last one is the most exact.
#[derive(Default)]
struct Found {
    seen: HashSet<SchemaId>,
    members: Vec<(String, Vec<SchemaId>)>,
    /// Objects that a member has to be at once, by its name.
    merged: HashMap<String, Vec<SchemaId>>,
    more: Option<SchemaId>,
}

fn found(document: &Document, id: SchemaId) -> Found {
    let mut found = Found::default();
    found.collect(document, id, false);
    found
}

impl Found {
    fn collect(&mut self, document: &Document, id: SchemaId, is_variant: bool) {
        if self.seen.len() > MAX_PARTS || !self.seen.insert(id) {
            return;
        }
        let schema = document.schema(id);
        for part in schema.reference.iter().chain(&schema.all_of) {
            self.collect(document, *part, is_variant);
        }
        let variants: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
        // A variant that is merged from its union has nothing of the other variants.
        if !variants.iter().any(|id| self.seen.contains(id)) {
            for part in variants {
                self.collect(document, part, true);
            }
        }
        for property in &schema.properties {
            let known = self.members.iter_mut().find(|(name, _)| *name == property.name);
            match known {
                None => self.members.push((property.name.clone(), vec![property.schema])),
                // Says nothing of the type.
                Some(_) if !says_something(document.schema(property.schema)) => {}
                // A variant adds to what others say, and anything else makes it more exact.
                Some((_, schemas)) if is_variant => {
                    schemas.retain(|id| says_something(document.schema(*id)));
                    schemas.push(property.schema);
                }
                Some((name, schemas)) => {
                    let is_vaguer = |last: &SchemaId| {
                        have_one_kind(document, property.schema, *last)
                            && exactness(document, property.schema) < exactness(document, *last)
                    };
                    if schemas.last().is_some_and(is_vaguer) {
                        continue;
                    }
                    if let [last] = schemas.as_slice()
                        && *last != property.schema
                        && have_parts(document, *last, property.schema)
                    {
                        let all = self.merged.entry(name.clone()).or_insert_with(|| vec![*last]);
                        all.push(property.schema);
                    } else {
                        self.merged.remove(name);
                    }
                    *schemas = vec![property.schema];
                }
            }
        }
        if let Additional::Typed(id) = schema.additional {
            self.more = Some(id);
        }
    }
}

/// Members that each value of a schema has, by the schema.
#[derive(Default)]
pub(super) struct Required(HashMap<SchemaId, Vec<String>>);

impl Required {
    /// Returns the names of the members that each value has: those that the schema or a part of it
    /// requires, and those that all its variants require. A circle adds nothing.
    pub(super) fn of(&mut self, document: &Document, id: SchemaId, depth: usize) -> Vec<String> {
        if let Some(known) = self.0.get(&id) {
            return known.clone();
        }
        self.0.insert(id, Vec::new());
        let schema = document.schema(id);
        let of_properties = schema.properties.iter().filter(|property| property.required);
        let of_properties = of_properties.map(|property| property.name.clone());
        let mut names: Vec<String> = of_properties.chain(schema.required.clone()).collect();
        if depth < MAX_PARTS {
            for part in schema.reference.iter().chain(&schema.all_of) {
                names.extend(self.of(document, *part, depth + 1));
            }
            for variants in [&schema.one_of, &schema.any_of] {
                names.extend(self.of_all(document, variants, depth + 1));
            }
        }
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        self.0.insert(id, names.clone());
        names
    }

    /// Returns the names of the members that the values of each variant have.
    fn of_all(&mut self, document: &Document, variants: &[SchemaId], depth: usize) -> Vec<String> {
        let is_null = |id: &&SchemaId| {
            let variant = document.resolved(**id);
            variant.nullable && !says_something(variant)
        };
        let variants = variants.iter().filter(|id| !is_null(id));
        let of_each = variants.map(|id| self.of(document, *id, depth));
        let of_all = of_each.reduce(|mut all, one| {
            all.retain(|name| one.contains(name));
            all
        });
        of_all.unwrap_or_default()
    }
}

impl Document {
    /// Gives each member that variants of an object describe in different ways a schema that takes
    /// the values of all, and each one whose own members several parts describe one that has all.
    pub(crate) fn join_members(&mut self) {
        let mut unions: HashMap<Vec<SchemaId>, SchemaId> = HashMap::new();
        let mut objects: HashMap<Vec<SchemaId>, SchemaId> = HashMap::new();
        for id in (0..self.schemas.len()).map(SchemaId) {
            let schema = self.schema(id);
            let is_alone = schema.properties.is_empty() && schema.items.is_none();
            let parts = schema.all_of.clone();
            let is_list = |id: &SchemaId| self.schema(target(self, *id).0).items.is_some();
            let is_map = |id: &SchemaId| {
                let real = target(self, *id).0;
                matches!(self.schema(real).additional, Additional::Typed(_))
                    && !is_struct(self, real)
            };
            if is_alone
                && parts.len() > 1
                && (parts.iter().all(is_list) || parts.iter().all(is_map))
            {
                let merged = self.merged_once(parts, &mut objects, 0);
                self.schemas[id.0].all_of = vec![merged];
            }
        }
        let mut level = 0..self.schemas.len();
        for _ in 0..MAX_DEPTH {
            for id in level.clone().map(SchemaId) {
                let Found { members, mut merged, .. } = found(self, id);
                for (name, mut schemas) in members {
                    if let Some(mut all) = merged.remove(&name).filter(|_| schemas.len() == 1) {
                        self.leave_equal(&mut all);
                        if all.len() > 1 {
                            let object = self.merged_once(all, &mut objects, 0);
                            self.joined.insert((id, name), object);
                        }
                        continue;
                    }
                    self.leave_equal(&mut schemas);
                    if schemas.len() < 2 {
                        continue;
                    }
                    let union = *unions.entry(schemas).or_insert_with_key(|schemas| {
                        self.schemas.push(union(self, schemas));
                        SchemaId(self.schemas.len() - 1)
                    });
                    self.joined.insert((id, name), union);
                }
            }
            level = level.end..self.schemas.len();
        }
    }

    /// Returns a schema of values that are all of these at once: of lists and maps one whose items and
    /// values are.
    fn merged_once(
        &mut self,
        schemas: Vec<SchemaId>,
        known: &mut HashMap<Vec<SchemaId>, SchemaId>,
        depth: usize,
    ) -> SchemaId {
        let fallback = schemas[schemas.len() - 1];
        let mut schemas = schemas;
        schemas.retain(|id| has_parts(self, *id));
        let Some(last) = schemas.last().copied() else { return fallback };
        schemas.retain(|id| *id == last || !self.says_all(last, *id));
        if schemas.len() == 1 || depth > MAX_DEPTH {
            return last;
        }
        if let Some(merged) = known.get(&schemas) {
            return *merged;
        }
        // A circle ends at this schema.
        let merged = SchemaId(self.schemas.len());
        self.schemas.push(merged_from(self, &schemas));
        known.insert(schemas.clone(), merged);
        let targets: Vec<&Schema> =
            schemas.iter().map(|id| self.schema(target(self, *id).0)).collect();
        let items: Vec<SchemaId> = targets.iter().filter_map(|schema| schema.items).collect();
        let of_values = targets.iter().filter_map(|schema| match schema.additional {
            Additional::Typed(id) => Some(id),
            _ => None,
        });
        let of_values: Vec<SchemaId> = of_values.collect();
        let is_map = schemas.iter().all(|id| !is_struct(self, target(self, *id).0));
        if items.len() == schemas.len() {
            let items = self.merged_once(items, known, depth + 1);
            let schema = &mut self.schemas[merged.0];
            (schema.types, schema.items) = (vec![Type::Array], Some(items));
            schema.all_of.clear();
        } else if of_values.len() > 1 {
            let values = self.merged_once(of_values, known, depth + 1);
            let schema = &mut self.schemas[merged.0];
            schema.additional = Additional::Typed(values);
            if is_map {
                schema.types = vec![Type::Object];
                schema.all_of.clear();
            }
        }
        merged
    }

    /// Returns true if an object has all members of another one, each with equal values.
    fn says_all(&self, id: SchemaId, other: SchemaId) -> bool {
        let [own, other] = [id, other].map(|id| target(self, id).0);
        let may_compare = [own, other].iter().all(|id| is_struct(self, *id));
        let (own, other) = (object(self, own), object(self, other));
        let has = |member: &Member| {
            let found = own.members.iter().find(|own| own.name == member.name);
            found.is_some_and(|own| {
                (own.required || !member.required) && self.are_equal(own.schema, member.schema)
            })
        };
        may_compare && other.more.is_none() && other.members.iter().all(has)
    }

    /// Removes schemas with the values of a later one.
    fn leave_equal(&self, schemas: &mut Vec<SchemaId>) {
        let mut kept: Vec<SchemaId> = Vec::new();
        for id in schemas.iter().rev() {
            let mut budget = MAX_PARTS;
            let mut is_equal = |other| self.have_equal_values(*id, other, &mut budget);
            if !kept.iter().take(MAX_COMPARED).any(|other| is_equal(*other)) {
                kept.push(*id);
            }
        }
        kept.reverse();
        *schemas = kept;
    }

    /// Returns true if two schemas certainly have the same values.
    pub(crate) fn are_equal(&self, one: SchemaId, other: SchemaId) -> bool {
        self.have_equal_values(one, other, &mut { MAX_PARTS })
    }

    /// Returns true if two schemas certainly have the same values.
    fn have_equal_values(&self, one: SchemaId, other: SchemaId, budget: &mut usize) -> bool {
        let ((one, one_nullable), (other, other_nullable)) =
            (target(self, one), target(self, other));
        if one == other {
            return true;
        }
        let (left, right) = (self.schema(one), self.schema(other));
        let is_plain = |schema: &Schema| {
            let parts = [&schema.all_of, &schema.one_of, &schema.any_of];
            parts.iter().all(|parts| parts.is_empty()) && schema.reference.is_none()
        };
        if *budget == 0 {
            return false;
        }
        *budget -= 1;
        let mut equal = |one: Option<SchemaId>, other: Option<SchemaId>| match (one, other) {
            (Some(one), Some(other)) => self.have_equal_values(one, other, budget),
            (one, other) => one == other,
        };
        let additional = |schema: &Schema| match schema.additional {
            Additional::Typed(id) => (Additional::Any, Some(id)),
            other => (other, None),
        };
        let ((left_more, left_type), (right_more, right_type)) =
            (additional(left), additional(right));
        one_nullable == other_nullable
            && is_plain(left)
            && is_plain(right)
            && left.types == right.types
            && left.format == right.format
            && left.values == right.values
            && left.required == right.required
            && left_more == right_more
            && equal(left_type, right_type)
            && equal(left.items, right.items)
            && left.properties.len() == right.properties.len()
            && left.properties.iter().zip(&right.properties).all(|(one, other)| {
                let is_alike = one.name == other.name && one.required == other.required;
                is_alike && equal(Some(one.schema), Some(other.schema))
            })
    }
}

/// Returns the schema of an object that is all of these at once. The last one describes it.
fn merged_from(document: &Document, schemas: &[SchemaId]) -> Schema {
    let last = document.schema(schemas[schemas.len() - 1]);
    Schema {
        description: last.description.clone(),
        nullable: schemas.iter().all(|id| target(document, *id).1),
        deprecated: last.deprecated,
        read_only: last.read_only,
        write_only: last.write_only,
        all_of: schemas.to_vec(),
        ..Schema::any(last.at.clone())
    }
}

/// Returns a schema with the values of all of these. The last one describes it.
fn union(document: &Document, schemas: &[SchemaId]) -> Schema {
    let all = |is: fn(&Schema) -> bool| {
        schemas.iter().all(|id| is(document.schema(*id)) || is(document.resolved(*id)))
    };
    let last = document.schema(schemas[schemas.len() - 1]);
    Schema {
        description: last.description.clone(),
        default: last.default.clone(),
        nullable: schemas.iter().any(|id| target(document, *id).1),
        deprecated: all(|schema| schema.deprecated),
        read_only: all(|schema| schema.read_only),
        write_only: all(|schema| schema.write_only),
        any_of: schemas.to_vec(),
        ..Schema::any(last.at.clone())
    }
}

impl Schema {
    /// Returns the schema of any value.
    pub(crate) fn any(at: Location) -> Self {
        Self {
            at,
            name: None,
            reference: None,
            types: Vec::new(),
            nullable: false,
            format: None,
            title: None,
            description: None,
            default: None,
            examples: Vec::new(),
            deprecated: false,
            read_only: false,
            write_only: false,
            values: Vec::new(),
            minimum: None,
            maximum: None,
            properties: Vec::new(),
            required: Vec::new(),
            additional: Additional::Unsaid,
            items: None,
            content_schema: None,
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            discriminator: None,
            extensions: super::Extensions::default(),
        }
    }
}
