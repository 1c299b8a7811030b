//! Unions beside members: `oneOf` beside `properties`, and `allOf` of a union and other schemas.

use super::members::{Member, Object, Required, exactness, object};
use super::shape::{self, MAX_VARIANTS, is_struct, target};
use super::tag::{self, Tag};
use super::{Additional, Discriminator, Document, Property, Schema, SchemaId, Type};

/// Maximum number of variants that get members.
const MAX_SPREAD: usize = 5_000;
/// Maximum number of variants that are looked at.
const MAX_LOOKED: usize = 10_000;
/// Maximum number of variants of several unions in one schema. More of them are one struct.
const MAX_COMBINED: usize = 64;
/// Maximum number of times that a part that became a union is looked for.
const MAX_ROUNDS: usize = 16;
/// Maximum number of schemas that a variant is merged from.
const MAX_PARTS: usize = 200;

/// A union, and the schemas that each of its values satisfies too.
struct Beside {
    union: SchemaId,
    parts: Vec<SchemaId>,
    variants: Vec<SchemaId>,
    /// The member that tells the variants apart.
    discriminator: Option<Discriminator>,
}

impl Document {
    /// Gives the variants of a union the members that stand beside it, if a member tells the variants
    /// apart. A schema with all members of a variant takes its place.
    pub(crate) fn spread_members(&mut self) {
        self.split_unions();
        let (mut left, mut looked) = (MAX_SPREAD, MAX_LOOKED);
        // A part can become a union too.
        for _ in 0..MAX_ROUNDS {
            let (mut at, mut has_changed) = (0, false);
            while at < self.schemas.len() {
                let id = SchemaId(at);
                at += 1;
                let Some(beside) = self.beside(id, &mut looked) else { continue };
                let Some(rest) = left.checked_sub(beside.variants.len()) else { return };
                left = rest;
                self.spread(id, beside);
                has_changed = true;
            }
            if !has_changed {
                break;
            }
        }
    }

    /// Makes `anyOf` beside `oneOf` a part of its own.
    fn split_unions(&mut self) {
        for id in (0..self.schemas.len()).map(SchemaId) {
            let schema = self.schema(id);
            let says = |id: &SchemaId| shape::says_something(self.schema(*id));
            if schema.one_of.iter().any(says) && schema.any_of.iter().any(says) {
                let any_of = schema.any_of.clone();
                let part = Schema { any_of, ..Schema::any(schema.at.clone()) };
                let part = self.added(part);
                self.schemas[id.0].any_of.clear();
                self.schemas[id.0].all_of.push(part);
            }
        }
    }

    /// Returns the first union that a schema has or is merged from, if something stands beside it.
    fn beside(&self, id: SchemaId, looked: &mut usize) -> Option<Beside> {
        let schema = self.schema(id);
        if !schema.values.is_empty() {
            return None;
        }
        let says = |part: &SchemaId| shape::says_something(self.schema(*part));
        let is_union = |part: &SchemaId| has_variants(self.schema(target(self, *part).0));
        let mut parts = parts(schema);
        parts.retain(says);
        let mut union = id;
        if !has_variants(schema) {
            union = target(self, parts.remove(parts.iter().position(is_union)?)).0;
        }
        if parts.is_empty() && adds_nothing(schema) {
            return None;
        }
        if union != id {
            parts.extend(self::parts(self.schema(union)));
        }
        let is_base = |part: &SchemaId| self.schema(target(self, *part).0).is_base();
        let variants = shape::variants(self, union)?;
        let others = parts.iter().filter_map(|part| shape::variants(self, target(self, *part).0));
        let combined = others.fold(1, |count: usize, other| count.saturating_mul(other.len()));
        let is_small = combined == 1 || combined.saturating_mul(variants.len()) <= MAX_COMBINED;
        if !is_small || variants.len() > MAX_VARIANTS || parts.iter().any(is_base) {
            return None;
        }
        *looked = looked.checked_sub(variants.len())?;
        let is_circle = |variant: &SchemaId| self.is_merged_from_one(*variant, [id, union]);
        let is_object = |variant: &SchemaId| tag::is_object(self, *variant);
        if !variants.iter().all(is_object) || variants.iter().any(is_circle) {
            return None;
        }
        let is_whole = |tag: &Tag| tag.others.is_empty() && tag.values.len() > 1;
        let required = Required::default().of(self, id, 0);
        let mut variants = variants;
        let mut tag = tag::tag(self, union, &variants).filter(is_whole);
        if tag.is_none() {
            tag = tag::by_constants(self, &variants, &required).filter(is_whole);
        }
        if tag.is_none() {
            let within: Vec<SchemaId> = variants.iter().flat_map(|id| self.within(*id)).collect();
            tag = tag::by_constants(self, &within, &required).filter(is_whole);
            if tag.is_some() {
                variants = within;
            }
        }
        let discriminator = tag.map(Tag::into_discriminator);
        let adds_members = |part: &SchemaId| !self.schema(*part).properties.is_empty();
        let only_requires = parts.is_empty() && ![id, union].iter().any(adds_members);
        (discriminator.is_some() || only_requires).then_some(Beside {
            union,
            parts,
            variants,
            discriminator,
        })
    }

    /// Returns the variants of a union that is a variant and says nothing else, or the variant.
    fn within(&self, variant: SchemaId) -> Vec<SchemaId> {
        let (real, _) = target(self, variant);
        let schema = self.schema(real);
        let is_plain = has_variants(schema) && adds_nothing(schema) && parts(schema).is_empty();
        let within = shape::variants(self, real).filter(|_| is_plain);
        within.unwrap_or_else(|| vec![variant])
    }

    fn spread(&mut self, id: SchemaId, beside: Beside) {
        let Beside { union, mut parts, variants, mut discriminator } = beside;
        let around = [union, id].into_iter().skip(usize::from(union == id));
        let around = around.map(|own| self.schema(own)).filter(|schema| !adds_nothing(schema));
        let around: Vec<Schema> = around.map(without_parts).collect();
        let members = around.iter().flat_map(|schema| &schema.properties);
        self.homes.extend(members.map(|member| (member.schema, id)).collect::<Vec<_>>());
        parts.extend(around.into_iter().map(|around| self.added(around)));
        let place = self.schema(id).at.clone();
        let shared = self.added(Schema { all_of: parts.clone(), ..Schema::any(place) });
        let shared = object(self, shared);
        let tag = discriminator.as_ref().map(|own| own.property.clone()).unwrap_or_default();
        if shared.undescribed.contains(&tag) {
            let text =
                Schema { types: vec![Type::String], ..Schema::any(self.schema(id).at.clone()) };
            let (name, schema) = (tag.clone(), self.added(text));
            let properties = vec![Property { name, schema, required: true }];
            let part = Schema { properties, ..Schema::any(self.schema(id).at.clone()) };
            // Variants that describe it themselves come after.
            parts.insert(0, self.added(part));
        }
        let variants = self.allowed(variants, &mut discriminator, &parts);
        let mut spread: Vec<SchemaId> = Vec::new();
        for variant in &variants {
            let has_all = self.has_all(*variant, &shared, &tag);
            let one = if has_all { *variant } else { self.merged(union, *variant, &parts) };
            spread.push(one);
        }
        let place = |variant: &SchemaId| variants.iter().position(|own| own == variant);
        let discriminator = discriminator.map(|Discriminator { property, mut mapping }| {
            for (_, variant) in &mut mapping {
                *variant = place(variant).map_or(*variant, |at| spread[at]);
            }
            Discriminator { property, mapping }
        });
        let is_union = union != id && spread == variants;
        let schema = &mut self.schemas[id.0];
        *schema = Schema {
            reference: None,
            types: Vec::new(),
            properties: Vec::new(),
            required: Vec::new(),
            additional: Additional::Unsaid,
            any_of: Vec::new(),
            all_of: if is_union { vec![union] } else { Vec::new() },
            one_of: if is_union { Vec::new() } else { spread },
            discriminator: discriminator.filter(|_| !is_union),
            ..schema.clone()
        };
    }

    /// Leaves the variants with a value that the members beside the union allow. They are constant if
    /// these members are a variant of another union with the same tag.
    fn allowed(
        &self,
        variants: Vec<SchemaId>,
        discriminator: &mut Option<Discriminator>,
        parts: &[SchemaId],
    ) -> Vec<SchemaId> {
        let Some(Discriminator { property, mapping }) = discriminator else { return variants };
        let lists = parts.iter().map(|part| tag::values(self, *part, property));
        let lists: Vec<Vec<String>> = lists.filter(|values| !values.is_empty()).collect();
        let is_allowed =
            |(value, _): &&(String, SchemaId)| lists.iter().all(|list| list.contains(value));
        let allowed: Vec<_> = mapping.iter().filter(is_allowed).cloned().collect();
        // A description that allows none contradicts itself.
        if allowed.is_empty() {
            return variants;
        }
        let is_mapped = |id: &SchemaId, pairs: &[(String, SchemaId)]| {
            pairs.iter().any(|(_, schema)| schema == id)
        };
        let is_left = |id: &SchemaId| is_mapped(id, &allowed) || !is_mapped(id, mapping);
        let left = variants.into_iter().filter(is_left).collect();
        *mapping = allowed;
        left
    }

    /// Adds a schema of a variant with other members.
    fn merged(&mut self, union: SchemaId, variant: SchemaId, parts: &[SchemaId]) -> SchemaId {
        let (schema, mut at) = (self.schema(variant), self.schema(union).at.clone());
        let listed = self.schema(union);
        let (key, list) = match &listed.one_of {
            list if list.is_empty() => ("anyOf", &listed.any_of),
            list => ("oneOf", list),
        };
        let number = list.iter().position(|id| *id == variant).unwrap_or_default();
        at.pointer = format!("{}/{key}/{number}", at.pointer);
        let merged = Schema {
            title: schema.title.clone().or_else(|| schema.name.clone()),
            description: schema.description.clone(),
            deprecated: schema.deprecated,
            ..Schema::any(at)
        };
        let (real, _) = target(self, variant);
        if !self.schema(real).is_base() {
            let all_of = parts.iter().chain([&variant]).copied().collect();
            return self.added(Schema { all_of, ..merged });
        }
        // Its heirs get the members in turn.
        let (one_of, all_of) = (self.heirs(real), parts.to_vec());
        let discriminator = tag::tag(self, real, &one_of).map(Tag::into_discriminator);
        self.added(Schema { all_of, one_of, discriminator, ..merged })
    }

    /// Returns true if the objects of a schema have all members of another one, and say as much of
    /// them.
    fn has_all(&self, id: SchemaId, shared: &Object, tag: &str) -> bool {
        let own = object(self, target(self, id).0).members;
        let found = |name: &String| own.iter().find(|own| own.name == *name);
        let is_required = |name: &String| found(name).is_none_or(|own| own.required);
        let covers = |member: &Member| {
            let Some(own) = found(&member.name) else { return false };
            let are_structs = [own.schema, member.schema].iter().all(|id| is_struct(self, *id));
            let is_told = member.name == tag
                || exactness(self, own.schema) >= exactness(self, member.schema)
                    && (!are_structs || self.are_equal(own.schema, member.schema));
            is_told && (own.required || !member.required)
        };
        shared.members.iter().all(covers)
            && shared.undescribed.iter().all(is_required)
            && shared.more.is_none()
    }

    fn is_merged_from_one(&self, id: SchemaId, others: [SchemaId; 2]) -> bool {
        let mut all = vec![id];
        let mut at = 0;
        while let Some(part) = all.get(at).copied().filter(|_| at < MAX_PARTS) {
            if others.contains(&part) {
                return true;
            }
            let new: Vec<SchemaId> =
                parts(self.schema(part)).into_iter().filter(|id| !all.contains(id)).collect();
            all.extend(new);
            at += 1;
        }
        false
    }

    fn added(&mut self, schema: Schema) -> SchemaId {
        self.schemas.push(schema);
        SchemaId(self.schemas.len() - 1)
    }
}

fn parts(schema: &Schema) -> Vec<SchemaId> {
    schema.reference.iter().chain(&schema.all_of).copied().collect()
}

/// Returns a schema that says of its members as much as this one.
fn without_parts(schema: &Schema) -> Schema {
    Schema {
        properties: schema.properties.clone(),
        required: schema.required.clone(),
        additional: schema.additional,
        ..Schema::any(schema.at.clone())
    }
}

fn has_variants(schema: &Schema) -> bool {
    !schema.one_of.is_empty() || !schema.any_of.is_empty()
}

fn adds_nothing(schema: &Schema) -> bool {
    schema.properties.is_empty()
        && schema.required.is_empty()
        && !matches!(schema.additional, Additional::Typed(_))
}
