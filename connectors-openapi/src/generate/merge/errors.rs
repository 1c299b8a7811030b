//! Equal bodies of errors: `{message, id}` for 400, 404 and 500.

use std::collections::{HashMap, HashSet};

use super::super::plan::{Def, DefId, Plan, Ty};
use super::{Replaced, equal, grouped, names, uses};
use crate::words::words;

/// Finds equal types that are bodies of errors and nothing else. The first one stands for all, or
/// one that other places name too.
pub(super) fn found(plan: &mut Plan, names: &mut HashSet<String>) -> Replaced {
    let groups = grouped(bodies(plan).filter_map(|ty| match ty {
        Ty::Named(id) => Some((equal::content(&plan.defs[*id])?, *id)),
        _ => None,
    }));
    let (uses, statuses) = (uses(plan), statuses(plan));
    let stays = |id: DefId, def: &Def| def.keeps_name || uses.get(&id) != statuses.get(&id);
    let api = words(&plan.name);
    let mut replaced = Replaced::new();
    for group in groups {
        let known = group.iter().copied().find(|id| stays(*id, &plan.defs[*id]));
        let first = known.unwrap_or(group[0]);
        let free = |id: &DefId| *id != first && !stays(*id, &plan.defs[*id]);
        let others: Vec<DefId> = group.iter().copied().filter(free).collect();
        if known.is_none() {
            let own: Vec<&str> = group.iter().map(|id| plan.defs[*id].name.as_str()).collect();
            if let Some(name) = name(&names::shared_end(&own), &api, names) {
                plan.defs[first].name = name;
            }
        }
        equal::join(first, &others, &mut plan.defs, &mut replaced);
    }
    replaced
}

/// Returns the bodies of all error statuses.
pub(super) fn bodies(plan: &Plan) -> impl Iterator<Item = &Ty> {
    let variants = plan.error.iter().flat_map(|error| &error.variants);
    variants.filter_map(|variant| variant.body.as_ref())
}

/// Counts the statuses that have a type.
fn statuses(plan: &Plan) -> HashMap<DefId, usize> {
    let mut counts = HashMap::new();
    for ty in bodies(plan) {
        if let Ty::Named(id) = ty {
            *counts.entry(*id).or_default() += 1;
        }
    }
    counts
}

/// Returns the words that all names end with, if they say enough, and else `ErrorBody`.
fn name(shared: &[String], api: &[String], names: &mut HashSet<String>) -> Option<String> {
    let body = ["error".to_owned(), "body".to_owned()];
    let own = Some(shared).filter(|shared| shared.len() > 1);
    own.and_then(|shared| names::reserved(shared, names))
        .or_else(|| names::reserved(&body, names))
        .or_else(|| names::reserved(&[api, &body].concat(), names))
}
