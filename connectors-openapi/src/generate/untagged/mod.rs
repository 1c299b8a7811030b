//! Variants that serde tries one after another: their order, and those that it cannot tell apart.
//!
//! serde takes the first variant whose required fields are there. A variant that fits an object of
//! another one drops the fields that it does not have. Such variants become one struct.

mod fit;
mod nested;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use self::fit::{Form, Members, drops, fits, form, is_demanded};
use super::finish;
use super::plan::{Def, DefId, DefKind, Field, Ty, Variant};
use super::types::unique;
pub(crate) use nested::move_out;

/// Depth to which unions within unions are looked into.
const MAX_NESTED: usize = 3;
/// Maximum number of variants that a union gets from those within.
const MAX_VARIANTS: usize = 250;
/// Maximum number of variants that all unions get from those within.
const MAX_IN_ALL: usize = 10_000;

/// Variants of a union that were not kept apart.
pub(crate) struct Merged {
    pub(crate) union: DefId,
    /// Names of the variants.
    pub(crate) variants: Vec<String>,
}

/// Orders the variants of all unions that are received, and merges those that hide others.
pub(crate) fn settle(defs: &mut Vec<Def>, names: &mut HashSet<String>) -> Vec<Merged> {
    let mut merged = Vec::new();
    let mut left = MAX_IN_ALL;
    let mut union = 0;
    // Lists get unions of their own.
    while union < defs.len() {
        if defs[union].received {
            settle_one(union, defs, names, &mut merged, &mut left);
        }
        union += 1;
    }
    merged
}

fn settle_one(
    union: DefId,
    defs: &mut Vec<Def>,
    names: &mut HashSet<String>,
    merged: &mut Vec<Merged>,
    left: &mut usize,
) {
    let (DefKind::Untagged(variants) | DefKind::Union { variants, .. }) = &defs[union].kind else {
        return;
    };
    let is_tagged = matches!(defs[union].kind, DefKind::Union { .. });
    let (tried, mut kept): (Vec<Variant>, Vec<Variant>) =
        variants.iter().cloned().partition(|one| one.untagged || !is_tagged);
    let tried = flat(defs, tried, left);
    let (objects, others): (Vec<Variant>, Vec<Variant>) =
        tried.into_iter().partition(|one| Members::of(defs, &one.ty).is_some());
    let mut objects: Vec<Object> =
        objects.into_iter().filter_map(|one| Object::of(defs, one)).collect();
    let mut lost = join(defs, &mut objects);
    lost.extend(hidden(&mut objects, &others));
    let is_merged = !lost.is_empty();
    if is_merged {
        merged.push(Merged { union, variants: lost });
    }
    if let ([only], [], []) = (objects.as_slice(), others.as_slice(), kept.as_slice())
        && (only.is_new || is_merged)
    {
        let Object { fields, more, .. } = only.clone();
        defs[union].kind = DefKind::Struct { fields, more, is_page: false };
        return;
    }
    let is_list = |one: &Variant| matches!(one.ty, Ty::List(_));
    let is_map = |one: &Variant| matches!(one.ty, Ty::Map(_));
    let (lists, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_list);
    let (maps, mut others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_map);
    let lists = one_list(union, lists, defs, names);
    others.extend(one_list(union, maps, defs, names));
    others.sort_by_key(|one| finish::takes_any(defs, &one.ty));
    kept.extend(lists);
    kept.extend(objects.into_iter().map(|object| object.into_variant(union, defs, names)));
    kept.extend(others);
    // Two groups of many can have one name.
    let kept = with_unique_idents(kept);
    if let DefKind::Untagged(variants) | DefKind::Union { variants, .. } = &mut defs[union].kind {
        *variants = kept;
    }
}

/// Adds numbers to names that several variants have.
fn with_unique_idents(variants: Vec<Variant>) -> Vec<Variant> {
    let mut all: Vec<Variant> = Vec::new();
    for variant in variants {
        let ident = unique(&variant.ident, |ident| all.iter().any(|one| one.ident == ident));
        all.push(Variant { ident, ..variant });
    }
    all
}

/// Makes lists of objects one list, or maps one map, if one of them would take the objects of another.
fn one_list(
    union: DefId,
    lists: Vec<Variant>,
    defs: &mut Vec<Def>,
    names: &mut HashSet<String>,
) -> Vec<Variant> {
    let item = |one: &Variant| match &one.ty {
        Ty::List(item) | Ty::Map(item) => (**item).clone(),
        other => other.clone(),
    };
    let hides = |one: &Ty, other: &Ty| match (Members::of(defs, one), Members::of(defs, other)) {
        (Some(one), Some(other)) => {
            drops(defs, one, other.fields, 0) && fits(defs, one.fields, other, 0)
        }
        _ => false,
    };
    let items: Vec<Ty> = lists.iter().map(item).collect();
    let mut pairs = (0..items.len()).flat_map(|at| (at + 1..items.len()).map(move |to| (at, to)));
    if !pairs.any(|(at, to)| hides(&items[at], &items[to])) {
        return lists;
    }
    let is_object = |one: &Variant| Members::of(defs, &item(one)).is_some();
    let (objects, mut kept): (Vec<_>, Vec<_>) = lists.into_iter().partition(is_object);
    let variants = objects.iter().map(|one| Variant { ty: item(one), ..one.clone() }).collect();
    let name = unique(&format!("{}Item", defs[union].name), |name| names.contains(name));
    names.insert(name.clone());
    let kind = DefKind::Untagged(variants);
    defs.push(Def { received: true, ..Def::new(name, String::new(), kind) });
    let item = Box::new(Ty::Named(defs.len() - 1));
    let is_list = matches!(objects[0].ty, Ty::List(_));
    let (ident, ty) = if is_list { ("Items", Ty::List(item)) } else { ("Object", Ty::Map(item)) };
    kept.push(Variant { ident: ident.to_owned(), ty, ..objects[0].clone() });
    kept
}

/// Puts the variants of a union within in its place, so that they are ordered with the others: one
/// that demands less would hide them.
fn flat(defs: &[Def], variants: Vec<Variant>, left: &mut usize) -> Vec<Variant> {
    let is_object = |one: &&Variant| {
        Members::of(defs, &one.ty).is_some() || objects_of(defs, &one.ty, 0).is_some()
    };
    if *left == 0 || variants.iter().filter(is_object).count() < 2 {
        return variants;
    }
    let count = variants.len();
    let mut flat: Vec<Variant> = Vec::new();
    for variant in variants {
        let untagged = variant.untagged;
        for one in objects_of(defs, &variant.ty, 0).unwrap_or_else(|| vec![variant]) {
            if flat.iter().all(|other| other.ty != one.ty) {
                let is_taken = |ident: &str| flat.iter().any(|other| other.ident == ident);
                flat.push(Variant { ident: unique(&one.ident, is_taken), untagged, ..one });
            }
        }
    }
    *left = left.saturating_sub(flat.len().saturating_sub(count));
    flat
}

/// Returns the variants of an untagged union, if some of them are structs.
fn objects_of(defs: &[Def], ty: &Ty, depth: usize) -> Option<Vec<Variant>> {
    let Ty::Named(id) = ty else { return None };
    let DefKind::Untagged(variants) = &defs[*id].kind else { return None };
    let within = |one: &Variant| {
        let found = if depth < MAX_NESTED { objects_of(defs, &one.ty, depth + 1) } else { None };
        found.unwrap_or_else(|| vec![one.clone()])
    };
    let all: Vec<Variant> = variants.iter().flat_map(within).take(MAX_VARIANTS).collect();
    all.iter().any(|one| Members::of(defs, &one.ty).is_some()).then_some(all)
}

/// A variant that is a struct.
#[derive(Clone)]
struct Object {
    variant: Variant,
    fields: Vec<Field>,
    more: Option<Ty>,
    /// Members that the unions around it write.
    tags: Vec<String>,
    /// True if it has no definition yet.
    is_new: bool,
    number: usize,
}

impl Object {
    fn of(defs: &[Def], variant: Variant) -> Option<Self> {
        let Ty::Named(id) = variant.ty else { return None };
        let DefKind::Struct { fields, more, .. } = defs[id].kind.clone() else { return None };
        Some(Self { fields, more, tags: defs[id].tags.clone(), variant, is_new: false, number: 0 })
    }

    fn demanded(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| is_demanded(field))
    }

    fn has(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Returns true if serde can read an object of another variant as this one, and drops fields.
    fn hides(&self, defs: &[Def], other: &Self) -> bool {
        drops(defs, self.members(), &other.fields, 0)
            && fits(defs, &self.fields, other.members(), 0)
    }

    fn members(&self) -> Members<'_> {
        Members { fields: &self.fields, tags: &self.tags, is_open: self.more.is_some() }
    }

    /// Returns a struct that holds the objects of both.
    fn with<'o>(&'o self, defs: &[Def], other: &'o Self) -> Self {
        let by_name = |one: &'o Self| -> HashMap<&'o str, &'o Field> {
            one.fields.iter().map(|field| (field.name.as_str(), field)).collect()
        };
        let (own, others) = (by_name(self), by_name(other));
        let mut fields: Vec<Field> = Vec::new();
        for field in &self.fields {
            fields.push(match others.get(field.name.as_str()) {
                Some(second) => both(defs, field, second),
                None => Field { required: false, ..field.clone() },
            });
        }
        let mut idents: HashSet<String> = fields.iter().map(|field| field.ident.clone()).collect();
        for field in other.fields.iter().filter(|field| !own.contains_key(field.name.as_str())) {
            let ident = unique(&field.ident, |ident| idents.contains(ident));
            idents.insert(ident.clone());
            fields.push(Field { ident, required: false, ..field.clone() });
        }
        // The further members of only one of them can be of any type in the other.
        let more = match (&self.more, &other.more) {
            (None, None) => None,
            (Some(one), Some(other)) if one == other => Some(one.clone()),
            _ => Some(Ty::Any),
        };
        // One of the two may be that struct already.
        for one in [self, other] {
            if !one.is_new && same(&one.fields, &fields) && one.more == more {
                return one.clone();
            }
        }
        let ident = format!("{}Or{}", self.variant.ident, other.variant.ident);
        let variant = Variant { ident, ..self.variant.clone() };
        let is_new_tag = |tag: &&String| !self.tags.contains(tag) && self.has(tag).is_none();
        let tags = self.tags.iter().chain(other.tags.iter().filter(is_new_tag)).cloned().collect();
        Self { variant, fields, more, tags, is_new: true, number: 0 }
    }

    fn into_variant(
        self,
        union: DefId,
        defs: &mut Vec<Def>,
        names: &mut HashSet<String>,
    ) -> Variant {
        if !self.is_new {
            return self.variant;
        }
        let many = self.variant.ident.matches("Or").count() > 1;
        let ident = if many { "Object".to_owned() } else { self.variant.ident };
        let name = unique(&format!("{}{ident}", defs[union].name), |name| names.contains(name));
        names.insert(name.clone());
        let kind = DefKind::Struct { fields: self.fields, more: self.more, is_page: false };
        defs.push(Def::new(name, String::new(), kind));
        Variant { ident, ty: Ty::Named(defs.len() - 1), ..self.variant }
    }
}

/// Orders structs by what they demand, and merges those that hide others. Returns their names.
fn join(defs: &[Def], objects: &mut Vec<Object>) -> Vec<String> {
    let mut names = Vec::new();
    // Of two objects with these numbers, if the first one hides the other.
    let mut known: HashMap<(usize, usize), bool> = HashMap::new();
    for (number, object) in objects.iter_mut().enumerate() {
        object.number = number;
    }
    let mut next = objects.len();
    loop {
        objects.sort_by_cached_key(|one| {
            let demanded = one.demanded().count() + one.tags.len();
            (Reverse(demanded), Reverse(one.fields.len() + one.tags.len()))
        });
        let count = objects.len();
        let mut pairs = (0..count).flat_map(|at| (at + 1..count).map(move |to| (at, to)));
        let found = pairs.find(|(at, to)| {
            let (one, other) = (&objects[*at], &objects[*to]);
            let hides = known.entry((one.number, other.number));
            *hides.or_insert_with(|| one.hides(defs, other))
        });
        let Some((at, to)) = found else { return names };
        let other = objects.remove(to);
        for one in [&objects[at], &other] {
            if !one.is_new && !names.contains(&one.variant.ident) {
                names.push(one.variant.ident.clone());
            }
        }
        objects[at] = Object { number: next, ..objects[at].with(defs, &other) };
        next += 1;
    }
}

/// Removes a struct without required fields, if a map takes each object. Returns its name.
fn hidden(objects: &mut Vec<Object>, others: &[Variant]) -> Vec<String> {
    let takes_all = others.iter().any(|one| matches!(one.ty, Ty::Object | Ty::Map(_) | Ty::Any));
    let fits_all =
        |one: &Object| takes_all && one.demanded().next().is_none() && one.more.is_none();
    let names = objects.iter().filter(|one| fits_all(one)).map(|one| one.variant.ident.clone());
    let names = names.collect();
    objects.retain(|one| !fits_all(one));
    names
}

/// Returns the field that holds the values of two.
fn both(defs: &[Def], one: &Field, other: &Field) -> Field {
    let ty = if one.ty == other.ty { one.ty.clone() } else { wider(defs, &one.ty, &other.ty) };
    Field {
        docs: if one.docs.is_empty() { other.docs.clone() } else { one.docs.clone() },
        ty,
        required: one.required && other.required,
        nullable: one.nullable || other.nullable,
        fixed: one.fixed.clone().filter(|_| one.fixed == other.fixed),
        is_default: one.is_default && other.is_default,
        ..one.clone()
    }
}

fn wider(defs: &[Def], one: &Ty, other: &Ty) -> Ty {
    if let Some(wider) =
        [(one, other), (other, one)].into_iter().find(|(ty, part)| has_variant(defs, ty, part))
    {
        return wider.0.clone();
    }
    match (form(defs, one), form(defs, other)) {
        (Some(Form::Text), Some(Form::Text)) => Ty::Text,
        (Some(Form::Number), Some(Form::Number)) => {
            let is_whole = [one, other].iter().all(|ty| **ty != Ty::Number("f64"));
            Ty::Number(if is_whole { "i64" } else { "f64" })
        }
        _ => Ty::Any,
    }
}

/// Returns true if a type is an enum without tags, and another one is that of a variant.
fn has_variant(defs: &[Def], ty: &Ty, part: &Ty) -> bool {
    let Ty::Named(id) = ty else { return false };
    match &defs[*id].kind {
        DefKind::Untagged(variants) => variants.iter().any(|one| one.ty == *part),
        _ => false,
    }
}

fn same(one: &[Field], other: &[Field]) -> bool {
    let is_same = |field: &Field| {
        other.iter().any(|other| {
            (&other.name, &other.ty, other.required, other.nullable)
                == (&field.name, &field.ty, field.required, field.nullable)
        })
    };
    one.len() == other.len() && one.iter().all(is_same)
}
