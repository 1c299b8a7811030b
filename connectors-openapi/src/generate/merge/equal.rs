//! Inline types with equal content.

use std::collections::HashSet;

use super::super::plan::{Def, DefId, DefKind, Ty};
use super::{Replaced, grouped, is_free, names};
use crate::words::type_name;

/// Number of fields or values by which types of vague names are still the same.
pub(super) const TELLING: usize = 4;

/// Finds equal types whose names end alike. The first one stands for all.
pub(super) fn found(defs: &mut [Def], names: &mut HashSet<String>) -> Replaced {
    let free = defs.iter().enumerate().filter(|(_, def)| is_free(def));
    // Types of other names mean something else.
    let keyed =
        free.filter_map(|(id, def)| Some(((content(def)?, names::last_word(&def.name)), id)));
    let mut replaced = Replaced::new();
    for group in grouped(keyed) {
        merge(&group, defs, names, &mut replaced);
    }
    replaced
}

fn merge(group: &[DefId], defs: &mut [Def], names: &mut HashSet<String>, replaced: &mut Replaced) {
    let own: Vec<&str> = group.iter().map(|id| defs[*id].name.as_str()).collect();
    let shared = names::shared_end(&own);
    let says_enough = names::says_enough(&shared);
    let (first, others) = (group[0], &group[1..]);
    if shared.is_empty() || !(says_enough || size(&defs[first]) >= TELLING) {
        return;
    }
    // One of them may have the name of all.
    let own = type_name(&shared.join("_"));
    if says_enough && group.iter().any(|id| defs[*id].name == own) {
        defs[first].name = own;
    } else if says_enough && let Some(name) = names::reserved(&shared, names) {
        defs[first].name = name;
    }
    join(first, others, defs, replaced);
}

/// Lets one type stand for others.
pub(super) fn join(first: DefId, others: &[DefId], defs: &mut [Def], replaced: &mut Replaced) {
    for id in others {
        let (sent, received, docs) =
            (defs[*id].sent, defs[*id].received, std::mem::take(&mut defs[*id].docs));
        let def = &mut defs[first];
        def.sent |= sent;
        def.received |= received;
        def.used_alone |= true;
        if def.docs != docs {
            // Each describes its own place.
            def.docs.clear();
        }
        replaced.insert(*id, Ty::Named(first));
    }
}

pub(super) fn size(def: &Def) -> usize {
    match &def.kind {
        DefKind::Struct { fields, .. } => fields.len(),
        DefKind::Enum(values) | DefKind::Numbers(values) => values.len(),
        // Statuses say nothing of what the response is.
        DefKind::Responses(_) => 0,
        _ => TELLING,
    }
}

/// Returns all that makes a type what it is, without its name and docs.
pub(super) fn content(def: &Def) -> Option<String> {
    let mut kind = def.kind.clone();
    match &mut kind {
        DefKind::Struct { fields, .. } => {
            for field in fields {
                super::bare(field, def.sent);
            }
        }
        DefKind::Enum(values) | DefKind::Numbers(values) => {
            for value in &mut *values {
                value.docs.clear();
            }
            values.sort_by(|one, other| one.name.cmp(&other.name));
        }
        DefKind::Responses(variants) => {
            for variant in variants {
                variant.docs.clear();
                variant.headers.iter_mut().for_each(|header| header.docs.clear());
            }
        }
        DefKind::Union { .. } | DefKind::Untagged(_) | DefKind::Keyed(_) => {}
        DefKind::Pending | DefKind::Page(..) => return None,
    }
    // The attributes of a struct depend on its uses. An enum always has the same ones.
    let uses = match kind {
        DefKind::Enum(_) | DefKind::Numbers(_) | DefKind::Responses(_) => (true, true, true),
        _ => (def.sent, def.received, def.used_alone),
    };
    Some(format!("{kind:?} {uses:?}"))
}
