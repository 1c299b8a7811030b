//! Enums of a schema with variants.

use std::collections::HashMap;

use super::super::Generator;
use super::super::plan::{DefId, DefKind, Ty, Value, Variant};
use super::{Hint, unique, variant_name};
use crate::model::SchemaId;
use crate::model::members::{Member, object};
use crate::model::shape::{self, Shape};
use crate::model::tag::{self, Tag};
use crate::words::{type_name, words};

impl Generator<'_> {
    pub(super) fn union(&mut self, id: SchemaId, variants: &[SchemaId], hint: &Hint) -> Ty {
        if let Some(def) = self.by_schema.get(&id) {
            return Ty::Named(*def);
        }
        if let Some(ty) = self.simple_union(id, variants, hint) {
            return ty;
        }
        Ty::Named(self.defined(id, hint))
    }

    pub(super) fn union_kind(
        &mut self,
        id: SchemaId,
        variants: &[SchemaId],
        name: &str,
    ) -> DefKind {
        let is_object = |variant: &SchemaId| tag::is_object(self.document, *variant);
        // An object of any members is one of those that no variant takes, unless the description names
        // its tag.
        let discriminator = self.document.schema(id).discriminator.as_ref();
        let is_mapped = |variant: &SchemaId| {
            let mut mapped = discriminator.iter().flat_map(|own| &own.mapping);
            mapped.any(|(_, own)| own == variant)
        };
        let is_told = |variant: &SchemaId| !self.is_any_object(*variant) || is_mapped(variant);
        let (objects, others): (Vec<SchemaId>, Vec<SchemaId>) =
            variants.iter().copied().filter(is_told).partition(is_object);
        let Some(tag) = tag::tag(self.document, id, &objects) else {
            return DefKind::Untagged(self.untagged(variants, name));
        };
        if others.is_empty() {
            return self.tagged(id, tag, name);
        }
        let group = self.group(id, &objects, Some(tag), &format!("{name}Object"));
        let mut variants = self.untagged(&others, name);
        let ident = unique("Object", |ident| is_taken(&variants, ident));
        let ty = Ty::Named(group);
        variants.push(Variant { name: String::new(), ident, ty, untagged: false });
        DefKind::Untagged(variants)
    }

    fn is_any_object(&self, id: SchemaId) -> bool {
        let shape_of = |id| shape::shape(self.document, shape::target(self.document, id).0);
        match shape_of(id) {
            Shape::Map(None) => true,
            Shape::Map(Some(value)) => matches!(shape_of(value), Shape::Any),
            _ => false,
        }
    }

    /// Returns the type of a union that needs no enum of its own.
    fn simple_union(&mut self, id: SchemaId, variants: &[SchemaId], hint: &Hint) -> Option<Ty> {
        let mut choices: Vec<Value> = Vec::new();
        let (mut texts, mut integers, mut numbers, mut booleans, mut any) = (0, 0, 0, 0, false);
        for variant in variants {
            let (target, _) = shape::target(self.document, *variant);
            let schema = self.document.schema(target);
            match shape::shape(self.document, target) {
                Shape::Text => texts += 1,
                Shape::Choice => {
                    texts += 1;
                    for value in self.values(schema) {
                        let taken = |ident: &str| choices.iter().any(|one| one.ident == ident);
                        let ident = unique(&value.ident, taken);
                        if !choices.iter().any(|one| one.name == value.name) {
                            choices.push(Value { ident, ..value });
                        }
                    }
                }
                Shape::Integer => integers += 1,
                Shape::Number => numbers += 1,
                Shape::Bool => booleans += 1,
                Shape::Any if schema.types.is_empty() => any = true,
                _ => {}
            }
        }
        let all = variants.len();
        if any {
            return Some(Ty::Any);
        }
        if integers == all
            && let Some(values) = self.titled_numbers(variants)
        {
            return Some(self.enum_of(id, DefKind::Numbers(values), hint));
        }
        if integers + numbers == all {
            return Some(Ty::Number(if numbers > 0 { "f64" } else { "i64" }));
        }
        if booleans == all {
            return Some(Ty::Bool);
        }
        if texts < all {
            return None;
        }
        if choices.len() < 2 {
            return Some(Ty::Text);
        }
        Some(self.enum_of(id, DefKind::Enum(choices), hint))
    }

    /// Returns an enum of objects with a tag. Objects that share a value of it are an enum within.
    fn tagged(&mut self, union: SchemaId, tag: Tag, parent: &str) -> DefKind {
        let mut variants: Vec<Variant> = Vec::new();
        let mut groups: HashMap<Vec<SchemaId>, Ty> = HashMap::new();
        for (name, schemas) in tag.values {
            let ty = match (schemas.as_slice(), groups.get(&schemas)) {
                // The variant of a base that has its name.
                ([only], _) if variant_name(&name) == parent => {
                    self.ty(*only, &Hint::new(parent, "base")).0
                }
                ([only], _) => self.ty(*only, &Hint::new(parent, &name)).0,
                (_, Some(ty)) => ty.clone(),
                _ => {
                    let within = tag::by_constants(self.document, &schemas, &[]);
                    let name = format!("{parent}{}", variant_name(&name));
                    Ty::Named(self.group(union, &schemas, within, &name))
                }
            };
            groups.insert(schemas, ty.clone());
            let ident = unique(&variant_name(&name), |ident| is_taken(&variants, ident));
            variants.push(Variant { name, ident, ty, untagged: false });
        }
        for variant in self.untagged(&tag.others, parent) {
            let ident = unique(&variant.ident, |ident| is_taken(&variants, ident));
            variants.push(Variant { ident, untagged: true, ..variant });
        }
        DefKind::Union { tag: tag.member, variants }
    }

    /// Defines the enum of some objects of a union.
    fn group(
        &mut self,
        union: SchemaId,
        schemas: &[SchemaId],
        tag: Option<Tag>,
        name: &str,
    ) -> DefId {
        let name = self.unique_type(name);
        let def = self.define(name.clone(), String::new(), DefKind::Pending);
        self.groups.insert(def, union);
        self.defs[def].kind = match tag {
            Some(tag) => self.tagged(union, tag, &name),
            None => DefKind::Untagged(self.untagged(schemas, &name)),
        };
        def
    }

    fn untagged(&mut self, schemas: &[SchemaId], parent: &str) -> Vec<Variant> {
        let mut found: Vec<(usize, Variant)> = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            let (target, _) = shape::target(self.document, *schema);
            let real = self.document.schema(target);
            let shape = shape::shape(self.document, target);
            let is_struct = matches!(shape, Shape::Struct);
            let place = match (&real.title, shape) {
                (Some(title), _) => title.clone(),
                (None, _) if self.is_choice(target) => "kind".to_owned(),
                // Its items are named after the union.
                (None, Shape::List(_)) => String::new(),
                _ => self.telling_word(schemas, index),
            };
            let hint = Hint::new(parent, &place);
            let (ty, _) = self.ty(*schema, &hint);
            if found.iter().any(|(_, variant)| variant.ty == ty) {
                continue;
            }
            let name = real.name.clone().or_else(|| real.title.clone()).filter(|_| is_struct);
            let name = name.map(|name| shorter(&type_name(&name), parent));
            let name = name.unwrap_or_else(|| self.name_of(&ty, parent));
            let ident =
                unique(&name, |ident| found.iter().any(|(_, variant)| variant.ident == ident));
            // Of several that fit, the one with more required members is meant.
            let required = if is_struct {
                let members = object(self.document, target).members;
                1000_usize.saturating_sub(members.iter().filter(|member| member.required).count())
            } else {
                rank(&ty)
            };
            found.push((required, Variant { name: String::new(), ident, ty, untagged: false }));
        }
        found.sort_by_key(|(rank, _)| *rank);
        let mut variants: Vec<Variant> = found.into_iter().map(|(_, variant)| variant).collect();
        drop_shared_words(&mut variants);
        variants
    }

    /// Returns true for texts that are listed, also by several schemas.
    fn is_choice(&self, target: SchemaId) -> bool {
        match shape::shape(self.document, target) {
            Shape::Choice => true,
            Shape::Union(variants) => {
                let all = variants.iter().map(|id| shape::target(self.document, *id).0);
                all.map(|id| shape::shape(self.document, id))
                    .all(|shape| matches!(shape, Shape::Choice))
            }
            _ => false,
        }
    }

    /// Returns a word that tells an object from other variants: a constant, else a member that they
    /// do not have, else a number.
    fn telling_word(&self, schemas: &[SchemaId], index: usize) -> String {
        let members =
            |id: &SchemaId| object(self.document, shape::target(self.document, *id).0).members;
        let own = members(&schemas[index]);
        let others = schemas.iter().enumerate().filter(|(other, _)| *other != index);
        let others: Vec<_> = others.flat_map(|(_, id)| members(id)).collect();
        let constant = |member: &Member| {
            let values = tag::texts(self.document, member.schema);
            values.into_iter().next().filter(|_| {
                self.document.schema(shape::target(self.document, member.schema).0).values.len()
                    == 1
            })
        };
        let taken: Vec<String> = others.iter().filter_map(constant).collect();
        let is_new = |member: &&Member| !others.iter().any(|other| other.name == member.name);
        let constants = own.iter().filter_map(constant).find(|value| !taken.contains(value));
        let new = || own.iter().filter(is_new).rev().max_by_key(|member| member.required);
        constants
            .or_else(|| Some(new()?.name.clone()))
            .unwrap_or_else(|| format!("variant {}", index + 1))
    }

    /// Names a variant after its type.
    fn name_of(&self, ty: &Ty, parent: &str) -> String {
        match ty {
            Ty::Text | Ty::Secret => "Text".to_owned(),
            Ty::Nothing => "Empty".to_owned(),
            Ty::Bool => "Bool".to_owned(),
            Ty::Number("f64") => "Number".to_owned(),
            Ty::Number(_) => "Integer".to_owned(),
            Ty::Timestamp => "Time".to_owned(),
            Ty::Date => "Date".to_owned(),
            Ty::Any => "Other".to_owned(),
            Ty::Object | Ty::Map(_) => "Object".to_owned(),
            Ty::List(item) => match &**item {
                Ty::Any => "List".to_owned(),
                item => match self.name_of(item, parent) {
                    name if name == "Item" => "Items".to_owned(),
                    name => format!("{name}List"),
                },
            },
            Ty::OrNull(inner) => self.name_of(inner, parent),
            Ty::Named(def) | Ty::Applied(def, _) => shorter(&self.defs[*def].name, parent),
            Ty::Parameter => "Data".to_owned(),
            Ty::Custom(written) => type_name(written.rsplit("::").next().unwrap_or("Custom")),
        }
    }
}

fn is_taken(variants: &[Variant], ident: &str) -> bool {
    variants.iter().any(|variant| variant.ident == ident)
}

/// The order in which the variants of an untagged union are tried. Structs stand between lists and
/// the others.
fn rank(ty: &Ty) -> usize {
    match ty {
        Ty::Bool => 1001,
        Ty::Number("f64") => 1003,
        Ty::Number(_) => 1002,
        Ty::Timestamp | Ty::Date => 1004,
        // Before structs, which serde reads from lists too.
        Ty::List(_) => 0,
        Ty::Map(_) => 1006,
        Ty::Object => 1007,
        Ty::Any => 1009,
        _ => 1008,
    }
}

/// Removes the words that the names of all variants end with: `MoveOperation`, `CopyOperation`.
fn drop_shared_words(variants: &mut [Variant]) {
    let names: Vec<Vec<String>> = variants.iter().map(|variant| words(&variant.ident)).collect();
    let Some(first) = names.first().filter(|_| names.len() > 1) else { return };
    let same = |name: &Vec<String>| {
        first.iter().rev().zip(name.iter().rev()).take_while(|(one, two)| one == two).count()
    };
    let shared = names.iter().map(same).min().unwrap_or_default();
    let shortest = names.iter().map(Vec::len).min().unwrap_or_default();
    if shared == 0 || shared >= shortest {
        return;
    }
    for (variant, name) in variants.iter_mut().zip(names) {
        variant.ident = type_name(&name[..name.len() - shared].join("_"));
    }
}

/// Removes the name of a union from the beginning of a variant's name.
fn shorter(name: &str, parent: &str) -> String {
    match name.strip_prefix(parent) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_uppercase()) => rest.to_owned(),
        _ => name.to_owned(),
    }
}
