//! Named schemas of single responses that are equal: `CreateBookResponse` and `GetBookResponse`.

use std::collections::{BTreeSet, HashSet};

use super::super::plan::{Def, DefId, DefKind, Plan, Returned, Ty};
use super::{Replaced, equal, grouped, names, uses};
use crate::words::type_name;

/// Last words of the name of a schema that stands for a response.
const LAST: [&str; 4] = ["response", "reply", "result", "body"];

/// Finds equal structs that methods return, and that no other type has. Their names end with the
/// same words, which become the name of all.
pub(super) fn found(plan: &mut Plan, names: &mut HashSet<String>) -> Replaced {
    let methods = || plan.traits.iter().flat_map(|one| &one.methods);
    let returned: Vec<DefId> = methods()
        .filter_map(|method| match method.returned {
            Returned::Json(Ty::Named(id)) => Some(id),
            _ => None,
        })
        .collect();
    let uses = uses(plan);
    let is_only_returned = |id: &DefId| {
        let count = returned.iter().filter(|other| *other == id).count();
        uses.get(id) == Some(&count)
    };
    let ids: BTreeSet<DefId> = returned.iter().copied().filter(is_only_returned).collect();
    let is_free =
        |def: &&Def| matches!(def.kind, DefKind::Struct { .. }) && !def.keeps_name && !def.sent;
    let groups = grouped(ids.into_iter().filter_map(|id| {
        let def = Some(&plan.defs[id]).filter(is_free)?;
        Some(((equal::content(def)?, end(&def.name)?), id))
    }));
    let mut replaced = Replaced::new();
    for group in groups {
        let own: Vec<&str> = group.iter().map(|id| plan.defs[*id].name.as_str()).collect();
        let shared = names::shared_end(&own);
        let name = type_name(&shared.join("_"));
        let first = group.iter().copied().find(|id| plan.defs[*id].name == name);
        let Some(first) = first.or_else(|| {
            let name = names::reserved(&shared, names)?;
            plan.defs[group[0]].name = name;
            Some(group[0])
        }) else {
            continue;
        };
        let others: Vec<DefId> = group.into_iter().filter(|id| *id != first).collect();
        equal::join(first, &others, &mut plan.defs, &mut replaced);
    }
    replaced
}

/// Returns the words that say of what a schema is the response: `book response`.
fn end(name: &str) -> Option<Vec<String>> {
    let words = names::shared_end(&[name]);
    let last = words.iter().rev().take_while(|word| LAST.contains(&word.as_str())).count();
    let first = words.len().checked_sub(last + 1)?;
    let says = words[first..].iter().any(|word| word != "body" && LAST.contains(&word.as_str()));
    says.then(|| words[first..].to_vec())
}
