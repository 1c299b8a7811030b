//! Unions with a tag among the variants of another union.
//!
//! Such a union takes each object, since it keeps unknown ones. serde would try it last, and a
//! struct before it would take the objects of its variants. So the variants move to the union
//! around it, which looks at the tag first.

use std::collections::{HashMap, HashSet};

use super::super::plan::{Def, DefId, DefKind, Ty, Variant};
use super::super::types::unique;
use super::fit::{Members, fits};
use super::with_unique_idents;

/// Maximum number of definitions that are added.
const MAX_PARTS: usize = 1_000;

/// Definitions that were added, with the union that each of them is a part of.
pub(crate) type Parts = HashMap<DefId, DefId>;

/// Moves the variants of unions with a tag to the received unions around them, where another
/// variant would take their objects.
pub(crate) fn move_out(defs: &mut Vec<Def>, names: &mut HashSet<String>) -> Parts {
    let mut unions = Unions { defs, names, parts: Parts::new(), pairs: Pairs::new() };
    let mut at = 0;
    while at < unions.defs.len() {
        while unions.defs[at].received && unions.move_one(at) {}
        at += 1;
    }
    unions.parts
}

struct Unions<'a> {
    defs: &'a mut Vec<Def>,
    names: &'a mut HashSet<String>,
    parts: Parts,
    pairs: Pairs,
}

impl Unions<'_> {
    /// Moves the variants of one union within. Returns false if there is none to be moved.
    fn move_one(&mut self, union: DefId) -> bool {
        let (own_tag, variants) = match &self.defs[union].kind {
            DefKind::Untagged(variants) => (None, variants.clone()),
            DefKind::Union { tag, variants } => (Some(tag.clone()), variants.clone()),
            _ => return false,
        };
        if self.parts.len() >= MAX_PARTS {
            return false;
        }
        let is_tried = |one: &Variant| one.untagged || own_tag.is_none();
        let (tried, kept): (Vec<Variant>, Vec<Variant>) = variants.into_iter().partition(is_tried);
        let tried = self.opened(union, tried);
        let (mut objects, others): (Vec<Variant>, Vec<Variant>) =
            tried.into_iter().partition(|one| is_object(self.defs, &one.ty));
        let is_within =
            |one: &Variant| one.ty != Ty::Named(union) && tagged(self.defs, &one.ty).is_some();
        let Some(moved) = objects.iter().position(is_within).map(|at| objects.remove(at)) else {
            return false;
        };
        let Some((tag, inner)) = tagged(self.defs, &moved.ty) else { return false };
        // A variant of the union around it takes all objects with its tag.
        let is_clash = |one: &Variant| !one.untagged && kept.iter().any(|own| own.name == one.name);
        let has_clash = own_tag.as_ref() == Some(&tag) && inner.iter().any(is_clash);
        if !has_clash && !objects.iter().any(|one| takes_one(self.defs, &one.ty, &inner)) {
            return false;
        }
        if own_tag.as_ref().map_or(others.is_empty(), |own| *own == tag) {
            let mut all = kept;
            for variant in inner {
                let is_it = |own: &Variant| !variant.untagged && own.name == variant.name;
                match all.iter().position(is_it) {
                    Some(at) => all[at].ty = self.beside(union, &all[at], &variant),
                    None => all.push(variant),
                }
            }
            objects.extend(others);
            let variants = self.joined(union, &tag, all, objects);
            self.defs[union].kind = DefKind::Union { tag, variants };
            return true;
        }
        let group = self.part(union, "Object");
        let variants = self.joined(group, &tag, inner, objects);
        self.defs[group].kind = DefKind::Union { tag, variants };
        let group = variant("Object", Ty::Named(group), !kept.is_empty());
        let all = with_unique_idents([kept, others, vec![group]].concat());
        if let DefKind::Untagged(variants) | DefKind::Union { variants, .. } =
            &mut self.defs[union].kind
        {
            *variants = all;
        }
        true
    }

    /// Puts the variants of an untagged union within in its place, if one of them has a tag, and other
    /// objects stand beside it.
    fn opened(&self, union: DefId, variants: Vec<Variant>) -> Vec<Variant> {
        let within = |one: &Variant| match &one.ty {
            Ty::Named(id) if *id != union => match &self.defs[*id].kind {
                DefKind::Untagged(own) => {
                    own.iter().any(|one| tagged(self.defs, &one.ty).is_some()).then(|| own.clone())
                }
                _ => None,
            },
            _ => None,
        };
        let is_object = |one: &&Variant| is_object(self.defs, &one.ty) || within(one).is_some();
        if variants.iter().filter(is_object).count() < 2 {
            return variants;
        }
        let open = |one: Variant| {
            let (untagged, found) = (one.untagged, within(&one));
            let all = found.unwrap_or_else(|| vec![one]);
            all.into_iter().map(move |one| Variant { untagged, ..one })
        };
        variants.into_iter().flat_map(open).collect()
    }

    /// Returns the variants of a union with a tag, and of the objects beside it.
    fn joined(
        &mut self,
        union: DefId,
        tag: &str,
        mut all: Vec<Variant>,
        objects: Vec<Variant>,
    ) -> Vec<Variant> {
        let mut untagged: Vec<Variant> = Vec::new();
        let objects: Vec<Variant> =
            objects.into_iter().flat_map(|one| structs(self.defs, one)).collect();
        for object in objects {
            let constants = Constants::of(self.defs, &object.ty, tag);
            for value in constants.values {
                let known = all.iter().position(|one| !one.untagged && one.name == value);
                if let Some(at) = known {
                    all[at].ty = self.beside(union, &all[at], &object);
                } else if constants.are_all {
                    all.push(Variant { name: value, untagged: false, ..object.clone() });
                }
            }
            if !constants.are_all {
                untagged.push(Variant { untagged: true, ..object });
            }
        }
        // One of them is moved out of a union of its own.
        if untagged.len() > 1 && untagged.iter().any(|one| tagged(self.defs, &one.ty).is_some()) {
            let group = self.part(union, "Other");
            let within = untagged.into_iter().map(|one| Variant { untagged: false, ..one });
            self.defs[group].kind = DefKind::Untagged(within.collect());
            untagged = vec![variant("Other", Ty::Named(group), true)];
        }
        all.extend(untagged);
        with_unique_idents(all)
    }

    /// Returns the type of a variant and an object that share a value of the tag.
    fn beside(&mut self, union: DefId, one: &Variant, object: &Variant) -> Ty {
        let pair = (one.ty.clone(), object.ty.clone());
        if let Some((_, known)) = self.pairs.iter().find(|(known, _)| *known == pair) {
            return known.clone();
        }
        if self.parts.len() >= MAX_PARTS {
            return one.ty.clone();
        }
        let mut both = structs(self.defs, one.clone());
        both.push(object.clone());
        let both = both.into_iter().map(|one| variant(&one.ident, one.ty, false)).collect();
        let group = self.part(union, &one.ident);
        self.defs[group].kind = DefKind::Untagged(with_unique_idents(both));
        self.pairs.push((pair, Ty::Named(group)));
        Ty::Named(group)
    }

    /// Adds a definition that is a part of a union.
    fn part(&mut self, union: DefId, ident: &str) -> DefId {
        let name = format!("{}{ident}", self.defs[union].name);
        let name = unique(&name, |name| self.names.contains(name));
        self.names.insert(name.clone());
        let (sent, kind) = (self.defs[union].sent, DefKind::Pending);
        self.defs.push(Def { sent, received: true, ..Def::new(name, String::new(), kind) });
        let id = self.defs.len() - 1;
        let whole = self.parts.get(&union).copied().unwrap_or(union);
        self.parts.insert(id, whole);
        id
    }
}

/// Types that stand for a variant and an object that share a value of the tag.
type Pairs = Vec<((Ty, Ty), Ty)>;

fn variant(ident: &str, ty: Ty, untagged: bool) -> Variant {
    Variant { name: String::new(), ident: ident.to_owned(), ty, untagged }
}

/// Returns the variants of a union of structs, or else the variant itself.
fn structs(defs: &[Def], variant: Variant) -> Vec<Variant> {
    match &variant.ty {
        Ty::Named(id) if is_object(defs, &variant.ty) => match &defs[*id].kind {
            DefKind::Untagged(variants) => variants.clone(),
            _ => vec![variant],
        },
        _ => vec![variant],
    }
}

fn tagged(defs: &[Def], ty: &Ty) -> Option<(String, Vec<Variant>)> {
    let Ty::Named(id) = ty else { return None };
    match &defs[*id].kind {
        DefKind::Union { tag, variants } => Some((tag.clone(), variants.clone())),
        _ => None,
    }
}

/// Returns true for structs, unions with a tag, and unions of these.
fn is_object(defs: &[Def], ty: &Ty) -> bool {
    let Ty::Named(id) = ty else { return false };
    match &defs[*id].kind {
        DefKind::Struct { .. } | DefKind::Union { .. } => true,
        DefKind::Untagged(variants) => {
            variants.iter().all(|one| Members::of(defs, &one.ty).is_some())
        }
        _ => false,
    }
}

/// Returns true if a type takes the objects of some of these variants.
fn takes_one(defs: &[Def], ty: &Ty, variants: &[Variant]) -> bool {
    let Ty::Named(id) = ty else { return false };
    match &defs[*id].kind {
        DefKind::Struct { fields, .. } => {
            let takes = |other| fits(defs, fields, other, 0);
            variants.iter().any(|one| Members::of(defs, &one.ty).is_none_or(takes))
        }
        DefKind::Untagged(own) => own.iter().any(|one| takes_one(defs, &one.ty, variants)),
        _ => true,
    }
}

/// The constants that a type has for a tag.
#[derive(Default)]
struct Constants {
    values: Vec<String>,
    /// True if each object has one of them.
    are_all: bool,
}

impl Constants {
    fn of(defs: &[Def], ty: &Ty, tag: &str) -> Self {
        let Some(members) = Members::of(defs, ty) else { return Self::default() };
        let Some(field) = members.fields.iter().find(|field| field.name == tag) else {
            return Self::default();
        };
        if let Some(value) = field.fixed.as_ref().and_then(|value| value.as_str()) {
            return Self { values: vec![value.to_owned()], are_all: field.required };
        }
        // An enum can get more values.
        let values = match &field.ty {
            Ty::Named(id) => match &defs[*id].kind {
                DefKind::Enum(values) => values.iter().map(|value| value.name.clone()).collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        Self { values, are_all: false }
    }
}
