//! Equal types of several fields of one struct: `{ html: { href }, self: { href }, .. }`.

use std::collections::{BTreeMap, HashSet};

use super::super::plan::{Def, DefId, DefKind, Ty};
use super::equal::{self, TELLING};
use super::{Replaced, is_free, names};
use crate::words::{singular, words};

/// Number of fields from which on their small types are one.
const SEVERAL: usize = 3;

/// Finds equal types of fields that stand beside each other. The first one stands for all.
pub(super) fn found(defs: &mut [Def], names: &mut HashSet<String>) -> Replaced {
    let mut replaced = Replaced::new();
    let mut seen: HashSet<DefId> = HashSet::new();
    for parent in 0..defs.len() {
        for group in groups(defs, parent) {
            if group.iter().all(|id| seen.insert(*id)) {
                // A type that others share keeps its name.
                if defs[group[0]].name.starts_with(&defs[parent].name)
                    && let Some(name) = name(defs, parent, group[0], names)
                {
                    defs[group[0]].name = name;
                }
                equal::join(group[0], &group[1..], defs, &mut replaced);
            }
        }
    }
    replaced
}

/// Returns the types of fields that are equal and not the same: several of them, or large ones.
fn groups(defs: &[Def], parent: DefId) -> Vec<Vec<DefId>> {
    let Def { kind: DefKind::Struct { fields, .. }, .. } = &defs[parent] else { return Vec::new() };
    let mut groups: BTreeMap<String, Vec<DefId>> = BTreeMap::new();
    for field in fields {
        let Ty::Named(id) = field.ty else { continue };
        let Some(content) = Some(&defs[id]).filter(|def| is_free(def)).and_then(equal::content)
        else {
            continue;
        };
        let group = groups.entry(content).or_default();
        if !group.contains(&id) {
            group.push(id);
        }
    }
    let is_worth = |group: &Vec<DefId>| {
        group.len() >= SEVERAL || group.len() > 1 && equal::size(&defs[group[0]]) >= TELLING
    };
    let mut groups: Vec<Vec<DefId>> = groups.into_values().filter(is_worth).collect();
    groups.sort();
    groups
}

/// Returns a name that fits all fields: `Permission` in `Permissions`, `LinksHref` in `Links`.
fn name(defs: &[Def], parent: DefId, first: DefId, names: &mut HashSet<String>) -> Option<String> {
    let of_parent = words(&defs[parent].name);
    let mut one = of_parent.clone();
    if let Some(last) = one.last_mut() {
        *last = singular(last);
    }
    if one != of_parent
        && let Some(name) = names::reserved(&one, names)
    {
        return Some(name);
    }
    let end = match &defs[first].kind {
        DefKind::Struct { fields, .. } => match fields.as_slice() {
            [field] => words(&field.name),
            _ => return None,
        },
        _ => vec!["value".to_owned()],
    };
    names::reserved(&[of_parent, end].concat(), names)
}
