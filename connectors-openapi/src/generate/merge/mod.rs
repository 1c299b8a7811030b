//! Inline types that are alike become one: equal ones a shared type, and those that differ in the
//! type of one field a struct with a parameter. Named schemas keep their types, except for twins,
//! bodies of errors and responses.

mod equal;
mod errors;
pub(in crate::generate) mod names;
mod siblings;
mod templates;
mod twins;
mod wrappers;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::finish;
use super::plan::{ArgumentTy, Def, DefId, DefKind, Field, Plan, Returned, Ty};

/// Maximum number of rounds. Types that have become equal can make others equal.
const MAX_ROUNDS: usize = 8;

/// Types that stand for definitions.
type Replaced = HashMap<DefId, Ty>;

/// Finds types that others stand for.
type Find = fn(&mut [Def], &mut HashSet<String>) -> Replaced;

/// Merges the inline types of a plan that is finished. `names` are those that are taken.
pub(crate) fn merge(plan: &mut Plan, names: &mut HashSet<String>) {
    equal_ones(plan, names);
    for find in [errors::found, wrappers::found] {
        let replaced = find(plan, names);
        replace(plan, &replaced);
    }
    equal_ones(plan, names);
    let replaced = templates::found(plan, names);
    replace(plan, &replaced);
    equal_ones(plan, names);
    for def in plan.defs.iter_mut().filter(|def| is_free(def)) {
        if let Some(name) = names::undoubled(&def.name, names) {
            def.name = name;
        }
    }
}

fn equal_ones(plan: &mut Plan, names: &mut HashSet<String>) {
    let mut rounds = 0..MAX_ROUNDS;
    while rounds.next().is_some() && merges_any(plan, names) {}
}

fn merges_any(plan: &mut Plan, names: &mut HashSet<String>) -> bool {
    let mut any = false;
    for find in [equal::found as Find, siblings::found, twins::found] {
        let replaced = find(&mut plan.defs, names);
        any |= !replaced.is_empty();
        replace(plan, &replaced);
    }
    any
}

/// Returns true if a type can be merged: it is used, and the description gives it no name.
fn is_free(def: &Def) -> bool {
    def.is_inline && (def.sent || def.received)
}

/// Groups types by what they share, in the order of their definitions. Types that share it with no
/// other are left out.
fn grouped<K: Ord>(keyed: impl Iterator<Item = (K, DefId)>) -> Vec<Vec<DefId>> {
    let mut groups: BTreeMap<K, Vec<DefId>> = BTreeMap::new();
    for (key, id) in keyed {
        let group = groups.entry(key).or_default();
        if !group.contains(&id) {
            group.push(id);
        }
    }
    let mut groups: Vec<_> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    groups
}

/// Counts the places that name each type.
fn uses(plan: &Plan) -> HashMap<DefId, usize> {
    let mut named = Vec::new();
    for method in plan.traits.iter().flat_map(|one| &one.methods) {
        for argument in &method.arguments {
            if let ArgumentTy::Of(ty) | ArgumentTy::Listed(_, ty) = &argument.ty {
                finish::named(ty, &mut named);
            }
        }
        finish::of_returned(&method.returned, &mut named);
    }
    for body in errors::bodies(plan) {
        finish::named(body, &mut named);
    }
    for def in plan.defs.iter().filter(|def| def.sent || def.received) {
        let mut in_unions = Vec::new();
        finish::parts(def, &mut named, &mut in_unions);
        named.append(&mut in_unions);
    }
    let mut counts = HashMap::new();
    for id in named {
        *counts.entry(id).or_default() += 1;
    }
    counts
}

/// Leaves of a field only what makes its type.
fn bare(field: &mut Field, sent: bool) {
    field.docs.clear();
    if !sent {
        // Data that is received is an `Option` in both cases, unless null is one of its values.
        field.required &= !field.nullable || field.ty == Ty::Any;
        (field.nullable, field.read_only, field.fixed) = (false, false, None);
    }
}

/// Puts other types in the place of definitions, which are then not used.
fn replace(plan: &mut Plan, replaced: &Replaced) {
    for (id, ty) in replaced {
        let stays = matches!(ty, Ty::Applied(own, _) if own == id);
        if !stays {
            (plan.defs[*id].sent, plan.defs[*id].received) = (false, false);
        }
    }
    for method in plan.traits.iter_mut().flat_map(|one| &mut one.methods) {
        for argument in &mut method.arguments {
            if let ArgumentTy::Of(ty) | ArgumentTy::Listed(_, ty) = &mut argument.ty {
                in_ty(ty, replaced);
            }
        }
        in_returned(&mut method.returned, replaced);
    }
    for variant in plan.error.iter_mut().flat_map(|error| &mut error.variants) {
        variant.body.iter_mut().for_each(|ty| in_ty(ty, replaced));
    }
    plan.defs.iter_mut().for_each(|def| in_def(def, replaced));
}

fn in_def(def: &mut Def, replaced: &Replaced) {
    match &mut def.kind {
        DefKind::Struct { fields, more, .. } => {
            let types = fields.iter_mut().map(|field| &mut field.ty).chain(more);
            types.for_each(|ty| in_ty(ty, replaced));
        }
        DefKind::Union { variants, .. }
        | DefKind::Untagged(variants)
        | DefKind::Keyed(variants) => {
            for variant in variants {
                in_ty(&mut variant.ty, replaced);
            }
        }
        DefKind::Responses(variants) => {
            for variant in variants {
                in_returned(&mut variant.body, replaced);
            }
        }
        DefKind::Page(_, body) => in_returned(body, replaced),
        DefKind::Enum(_) | DefKind::Numbers(_) | DefKind::Pending => {}
    }
}

fn in_returned(returned: &mut Returned, replaced: &Replaced) {
    if let Returned::Json(ty)
    | Returned::Maybe(ty)
    | Returned::Lines(ty)
    | Returned::Events(Some(ty)) = returned
    {
        in_ty(ty, replaced);
    }
}

fn in_ty(ty: &mut Ty, replaced: &Replaced) {
    match ty {
        Ty::Named(id) => {
            if let Some(other) = replaced.get(id) {
                *ty = other.clone();
                // The type of the one field can be replaced too.
                if let Ty::Applied(_, inner) = ty {
                    in_ty(inner, replaced);
                }
            }
        }
        Ty::List(inner) | Ty::Map(inner) | Ty::OrNull(inner) | Ty::Applied(_, inner) => {
            in_ty(inner, replaced);
        }
        _ => {}
    }
}
